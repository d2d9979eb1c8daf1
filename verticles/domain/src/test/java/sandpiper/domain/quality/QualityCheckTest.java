package sandpiper.domain.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.quality.StreamQuality.Hole;
import sandpiper.domain.quality.StreamQuality.Outlier;
import sandpiper.domain.quality.StreamQuality.Spot;

class QualityCheckTest {
  private static final long SECOND = 1_000_000;
  private static final Interval MINUTE = Interval.parse("1m");

  private final QualityCheck check = new QualityCheck();
  private long seq;

  private void add(MarketEvent event) {
    check.add(++seq, event.time(), event);
  }

  private void trade(long seconds, double price, double amount) {
    add(new Trade("A", seconds * SECOND, price, amount));
  }

  private StreamQuality only() {
    assertThat(check.report()).hasSize(1);
    return check.report().getFirst();
  }

  @Test
  void aSteadyStreamHasNothingWrong() {
    for (int i = 1; i <= 1_000; i++) {
      trade(i, 100 + i % 3, i);
    }
    var found = only();
    assertThat(found.rows()).isEqualTo(1_000);
    assertThat(found.first()).isEqualTo(SECOND);
    assertThat(found.last()).isEqualTo(1_000 * SECOND);
    assertThat((double) Objects.requireNonNull(found.distance()))
        .isCloseTo(SECOND, Offset.offset(0.01 * SECOND));
    assertThat(found.holes().count()).isZero();
    assertThat(found.duplicates().count()).isZero();
    assertThat(Objects.requireNonNull(found.outliers()).count()).isZero();
    assertThat(found.backwards().count()).isZero();
    assertThat(found.delay()).isNull();
    assertThat(found.skippedIds()).isNull();
  }

  @Test
  void aDistanceOfMoreThanFiftyMediansIsAHole() {
    long time = 1;
    for (int i = 0; i < 100; i++) {
      trade(time, 100, i);
      time += i == 50 ? 49 : i == 60 ? 52 : 1;
    }
    var holes = only().holes();
    assertThat(holes.count()).isEqualTo(1);
    assertThat(holes.longest()).containsExactly(new Hole(109 * SECOND, 161 * SECOND, 62, null));
    assertThat(holes.missingBars()).isNull();
  }

  @Test
  void barsThatAreMissingAreCounted() {
    for (int i = 0; i < 20; i++) {
      if (i != 7 && i != 8 && i != 15) {
        add(new Bar("A", MINUTE, i * MINUTE.micros(), 1, 2, 1, 2, 3));
      }
    }
    var found = only();
    assertThat(found.interval()).isEqualTo(MINUTE);
    assertThat(found.holes().count()).isEqualTo(2);
    assertThat(found.holes().missingBars()).isEqualTo(3);
    assertThat(found.holes().longest().getFirst())
        .isEqualTo(new Hole(6 * MINUTE.micros(), 9 * MINUTE.micros(), 8, 2L));
  }

  @Test
  void onlyWhatIsTheSameInAllIsADuplicate() {
    trade(1, 100, 2);
    trade(1, 100, 3);
    trade(1, 100, 2);
    trade(2, 100, 2);
    add(new Quote("A", 2 * SECOND, 1, 2, 3, 4));
    add(new Quote("A", 2 * SECOND, 1, 2, 3, 5));
    add(new Quote("A", 2 * SECOND, 1, 2, 3, 4));
    var report = check.report();
    assertThat(report)
        .extracting(StreamQuality::stream)
        .containsExactly(MarketStream.TRADES, MarketStream.QUOTES);
    assertThat(report.get(0).duplicates().spots()).containsExactly(new Spot(3, SECOND, 100.0));
    assertThat(report.get(1).duplicates().spots()).containsExactly(new Spot(7, 2 * SECOND, 1.5));
  }

  /// A price ten times too high, and one ten times too low; then the market itself halves.
  @Test
  void aPriceThatStandsAloneIsAnOutlierAndAMarketThatMovesIsNot() {
    for (int i = 1; i <= 100; i++) {
      double price = (i < 60 ? 100 : 50) + (i % 2) * 0.1;
      trade(i, i == 20 ? 1_000 : i == 40 ? 10 : price, i);
    }
    var outliers = Objects.requireNonNull(only().outliers());
    assertThat(outliers.limit()).isEqualTo(0.1);
    assertThat(outliers.worst())
        .containsExactlyInAnyOrder(
            new Outlier(20, 20 * SECOND, 1_000, 100.1), new Outlier(40, 40 * SECOND, 10, 100));
  }

  @Test
  void theEndsAreLookedAtToo() {
    for (int i = 1; i <= 30; i++) {
      trade(i, i == 1 || i == 30 ? 500 : 100, i);
    }
    assertThat(Objects.requireNonNull(only().outliers()).worst())
        .extracting(Outlier::seq)
        .containsExactlyInAnyOrder(1L, 30L);
  }

  @Test
  void aTimeBeforeTheLatestGoesBack() {
    for (long time : List.of(1, 2, 5, 3, 4, 6)) {
      trade(time, 100, 1);
    }
    var backwards = only().backwards();
    assertThat(backwards.count()).isEqualTo(2);
    assertThat(backwards.worst()).isEqualTo(2 * SECOND);
    assertThat(backwards.spots()).extracting(Spot::seq).containsExactly(4L, 5L);
  }

  @Test
  void changesOfABookThatAreMissingAreSeenByTheirIds() {
    var side = new Levels(new double[] {1}, new double[] {1});
    add(new BookSnapshot("A", 1, 10, side, side));
    add(new BookUpdate("A", 2, 9, 12, side, side));
    add(new BookUpdate("A", 3, 13, 13, side, side));
    add(new BookUpdate("A", 4, 15, 16, side, side));
    add(new BookUpdate("A", 5, 15, 16, side, side));
    var found = only();
    assertThat(Objects.requireNonNull(found.skippedIds()).spots())
        .containsExactly(new Spot(4, 4, null));
    assertThat(found.duplicates().spots()).containsExactly(new Spot(5, 5, null));
    assertThat(found.outliers()).isNull();
  }

  @Test
  void whatArrivesBeforeItsTimeTellsThatTheClocksDiffer() {
    check.add(1, 5 * SECOND, new Trade("A", 4 * SECOND, 1, 1));
    check.add(2, 6 * SECOND, new Trade("A", 9 * SECOND, 1, 1));
    var delay = Objects.requireNonNull(only().delay());
    assertThat(delay.least()).isEqualTo(-3 * SECOND);
    assertThat(delay.greatest()).isEqualTo(SECOND);
    assertThat(delay.mean()).isEqualTo(-SECOND);
    assertThat(delay.negative()).isEqualTo(1);
  }

  @Test
  void oneEventAloneHasNoDistance() {
    trade(1, 100, 1);
    assertThat(only().distance()).isNull();
    assertThat(only().holes().longerThan()).isNull();
  }

  @Test
  void moreThanAThousandHolesAreNotCounted() {
    long time = 0;
    for (int i = 0; i < 5_000; i++) {
      trade(time, 100, i);
      time += i % 4 == 0 ? 1_000 : 1;
    }
    assertThat(only().holes().count()).isEqualTo(QualityCheck.MOST);
    assertThat(only().holes().more()).isTrue();
    assertThat(only().holes().longest()).hasSize(QualityCheck.NAMED);
  }
}
