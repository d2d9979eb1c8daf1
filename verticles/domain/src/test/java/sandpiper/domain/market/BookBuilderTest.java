package sandpiper.domain.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookBuilderTest {
  private final BookBuilder book = new BookBuilder("X");

  /// @param pairs price, size, price, size…
  private static Levels levels(double... pairs) {
    var prices = new double[pairs.length / 2];
    var sizes = new double[pairs.length / 2];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = pairs[2 * i];
      sizes[i] = pairs[2 * i + 1];
    }
    return new Levels(prices, sizes);
  }

  private static BookSnapshot snapshot(long id) {
    return new BookSnapshot("X", id, id, levels(99, 1, 98, 2, 97, 4), levels(101, 3, 102, 5));
  }

  private static BookUpdate update(long first, long last, Levels bids, Levels asks) {
    return new BookUpdate("X", last, first, last, bids, asks);
  }

  @Test
  void aSnapshotIsTheBookAndUpdatesReplaceSizes() {
    assertThat(book.isValid()).isFalse();
    assertThat(book.apply(snapshot(10))).isTrue();
    assertThat(book.apply(update(11, 12, levels(99, 0, 98.5, 6, 98, 7), levels(100, 1)))).isTrue();
    assertThat(book.bids().top(9)).isEqualTo(levels(98.5, 6, 98, 7, 97, 4));
    assertThat(book.asks().top(2)).isEqualTo(levels(100, 1, 101, 3));
    assertThat(book.lastId()).isEqualTo(12);
    assertThat(book.bids().sizeAt(98)).isEqualTo(7);
    assertThat(book.bids().sizeAt(99)).isZero();
  }

  @Test
  void whatTheBestLevelsSay() {
    book.apply(snapshot(1));
    assertThat(book.mid()).isEqualTo(100);
    assertThat(book.spread()).isEqualTo(2);
    // One is bid at 99 and three are asked at 101: (99 × 3 + 101 × 1) / 4.
    assertThat(book.microprice()).isEqualTo(99.5);
    assertThat(book.imbalance(1)).isEqualTo(-0.5);
    assertThat(book.imbalance(2)).isCloseTo(-5.0 / 11, within(1e-15));
    assertThat(book.imbalance(100)).isCloseTo(-1.0 / 15, within(1e-15));
    assertThatThrownBy(() -> book.imbalance(0)).hasMessage("depth must be at least 1, was 0");
  }

  @Test
  void anEmptySideHasNoPrice() {
    book.apply(new BookSnapshot("X", 1, 1, levels(99, 1), Levels.NONE));
    assertThat(book.isValid()).isTrue();
    assertThat(book.mid()).isNaN();
    assertThat(book.spread()).isNaN();
    assertThat(book.microprice()).isNaN();
    assertThat(book.imbalance(5)).isEqualTo(1);
  }

  @Test
  void aGapMakesTheBookInvalidUntilTheNextSnapshot() {
    book.apply(snapshot(10));
    assertThat(book.apply(update(12, 13, levels(99, 9), Levels.NONE))).isFalse();
    assertThat(book.isValid()).isFalse();
    assertThat(book.bids().count()).isZero();
    assertThat(book.apply(update(14, 15, levels(98, 9), Levels.NONE))).isFalse();
    // A snapshot from before the gap does not close it.
    assertThat(book.apply(snapshot(10))).isFalse();
    assertThat(book.apply(snapshot(13))).isTrue();
    assertThat(book.lastId()).isEqualTo(15);
    assertThat(book.bids().top(2)).isEqualTo(levels(99, 1, 98, 9));
  }

  /// Updates come before the snapshot that was asked for when they began; one of them overlaps it.
  @Test
  void updatesFromBeforeASnapshotAreAppliedToItOrPassedOver() {
    book.apply(update(5, 7, levels(99, 50), Levels.NONE));
    book.apply(update(8, 12, levels(98, 8), Levels.NONE));
    book.apply(update(13, 13, levels(97, 0), Levels.NONE));
    assertThat(book.apply(snapshot(10))).isTrue();
    assertThat(book.lastId()).isEqualTo(13);
    assertThat(book.bids().top(3)).isEqualTo(levels(99, 1, 98, 8));
    assertThat(book.apply(update(9, 13, levels(99, 77), Levels.NONE))).isFalse();
    assertThat(book.apply(snapshot(12))).isFalse();
    assertThat(book.bids().bestSize()).isEqualTo(1);
  }

  @Test
  void sidesThatCrossCountAsAGap() {
    book.apply(snapshot(10));
    assertThat(book.apply(update(11, 11, levels(101, 1), Levels.NONE))).isFalse();
    assertThat(book.isValid()).isFalse();
    assertThat(book.apply(snapshot(12))).isTrue();
  }

  @Test
  void brokenLevelsAreTurnedDown() {
    assertThatThrownBy(() -> levels(0, 1))
        .hasMessage("price of a level must be a number above zero, was 0.0");
    assertThatThrownBy(() -> levels(1, -1))
        .hasMessage("size of a level must be a number from zero up, was -1.0");
    assertThatThrownBy(() -> new Levels(new double[1], new double[2]))
        .hasMessage("a level has a price and a size, was 1 prices and 2 sizes");
    assertThatThrownBy(() -> update(3, 2, Levels.NONE, Levels.NONE))
        .hasMessage("the first id of a book update must not be above its last, was 3 and 2");
  }

  /// Against sorted maps, with gaps and late snapshots; and a second builder that takes over.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomUpdatesLeaveWhatASortedMapHolds(long seed) {
    var random = new Random(seed);
    var bids = new TreeMap<Double, Double>(Comparator.reverseOrder());
    var asks = new TreeMap<Double, Double>();
    long id = 0;
    boolean known = false;
    for (int i = 0; i < 3_000; i++) {
      var changedBids = change(bids, random, 1, 500);
      var changedAsks = change(asks, random, 501, 1000);
      long first = id + 1;
      id += 1 + random.nextInt(5);
      if (random.nextInt(200) == 0) {
        known = false; // lost on the way
        continue;
      }
      book.apply(update(first, id, changedBids, changedAsks));
      if (random.nextInt(100) == 0) {
        book.apply(new BookSnapshot("X", id, id, levels(bids), levels(asks)));
        known = true;
      }
      if (known) {
        assertThat(book.isValid()).isTrue();
        assertThat(book.bids().top(1_000)).isEqualTo(levels(bids));
        assertThat(book.asks().top(1_000)).isEqualTo(levels(asks));
        var other = new BookBuilder("X");
        book.events(7).forEach(other::apply);
        assertThat(other.events(8)).isEqualTo(book.events(8));
      } else {
        assertThat(book.isValid()).isFalse();
      }
    }
  }

  private static Levels change(Map<Double, Double> side, Random random, int from, int to) {
    var pairs = new ArrayList<Double>();
    for (int i = random.nextInt(4); i > 0; i--) {
      double price = from + random.nextInt(to - from + 1);
      double size = random.nextInt(3) == 0 ? 0 : random.nextInt(1, 100) / 8.0;
      if (!pairs.contains(price)) {
        pairs.addAll(List.of(price, size));
        if (size == 0) {
          side.remove(price);
        } else {
          side.put(price, size);
        }
      }
    }
    return levels(pairs.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static Levels levels(Map<Double, Double> side) {
    return levels(
        side.entrySet().stream()
            .flatMap(each -> List.of(each.getKey(), each.getValue()).stream())
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  @Test
  void anUpdateTakesNoMemory() {
    var updates = new ArrayList<BookUpdate>();
    for (int id = 1; id <= 20_000; id++) {
      double offset = id % 50;
      updates.add(
          update(id, id, levels(900 - offset, id % 3), levels(1_000 + offset, (id + 1) % 3)));
    }
    book.apply(new BookSnapshot("X", 0, 0, levels(1, 1), levels(9_999, 1)));
    for (int i = 0; i < 10_000; i++) {
      book.apply(updates.get(i));
    }
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 10_000; i < 20_000; i++) {
      book.apply(updates.get(i));
    }
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(book.lastId()).isEqualTo(20_000);
    assertThat(taken).as("bytes for 10,000 updates").isLessThan(10_000);
  }
}
