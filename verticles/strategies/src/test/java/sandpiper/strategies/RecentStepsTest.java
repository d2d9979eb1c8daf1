package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.Step;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.Resumption.Past;

class RecentStepsTest {
  private final RecentSteps recent = new RecentSteps();
  private long seq;

  private void add(MarketEvent event) {
    seq++;
    recent.add(
        new Step(
            new Input("pp_0000000000000001", seq, seq, event),
            new double[0],
            new IndicatorLayout(List.of())));
  }

  private static Levels level(double price, double size) {
    return new Levels(new double[] {price}, new double[] {size});
  }

  /// Whatever part of the past is handed on, with gaps in the updates or without.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theBookIsHandedOnAsItStands(long seed) {
    var random = new SplittableRandom(seed);
    var book = new BookBuilder("X");
    long id = 0;
    int valid = 0;
    for (int i = 0; i < 3_000; i++) {
      id += random.nextInt(700) == 0 ? 2 : 1;
      BookEvent event =
          i == 3 || random.nextInt(500) == 0
              ? new BookSnapshot("X", i, id, level(90, 1), level(110, 1))
              : new BookUpdate(
                  "X",
                  i,
                  id,
                  id,
                  level(random.nextInt(80, 100), random.nextInt(3)),
                  level(random.nextInt(101, 120), random.nextInt(3)));
      book.apply(event);
      add(event);
      if (random.nextInt(4) == 0) {
        add(new Trade("X", i, 100, 1));
      }
      if (i % 97 == 0) {
        valid += book.isValid() ? 1 : 0;
        assertThat(built(recent.all())).isEqualTo(book.events(0));
        assertThat(built(recent.latest(200))).isEqualTo(book.events(0));
        assertThat(built(recent.latest(1))).isEqualTo(book.events(0));
      }
    }
    assertThat(valid).isBetween(5, 30);
  }

  private static List<BookEvent> built(List<Past> past) {
    var book = new BookBuilder("X");
    long last = 0;
    for (var each : past) {
      assertThat(each.seq()).isGreaterThanOrEqualTo(last);
      last = each.seq();
      if (each.event() instanceof BookEvent event) {
        book.apply(event);
      }
    }
    return book.events(0);
  }
}
