package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sandpiper.domain.journal.Reading;
import sandpiper.domain.journal.Signal;

/// What strategies see is in the journal, where the session wants it.
class ReadingsTest {
  private static final String BARS =
      """
      export const data = { main: { bars: '1m' } };
      export const indicators = {
        avg: { use: 'sma', period: 2 },
        bands: { use: 'bollinger', period: 2 },
      };
      """;

  private static double close(Reading reading) {
    return reading.bar() == null ? Double.NaN : reading.bar().close();
  }

  @Test
  void everyBarWithTheIndicatorsAsTheStrategySawThem() {
    var play =
        new Play()
            .keepingReadings()
            .with(
                BARS
                    + "export function onBar(ctx, bar) { ctx.log(ctx.ind.avg.value,"
                    + " ctx.ind.bands.upper); }")
            .over(Play.bars(100, 102, 106));
    var readings = play.of(Reading.class);
    assertThat(readings)
        .extracting(ReadingsTest::close, reading -> reading.values().get("avg"))
        .containsExactly(tuple(100.0, Double.NaN), tuple(102.0, 101.0), tuple(106.0, 104.0));
    assertThat(readings.getFirst().values()).hasSize(4).containsKey("bands.upper");
    assertThat(play.log().getLast()).startsWith("104 ");
    assertThat(Double.parseDouble(play.log().getLast().substring(4)))
        .isEqualTo(readings.getLast().values().get("bands.upper"));
  }

  @Test
  void aSignalBetweenBarsHasAReadingOfItsOwn() {
    var play =
        new Play()
            .keepingReadings()
            .with(
                """
                export const data = { ticks: { trades: true }, main: { bars: '1m' } };
                export const indicators = { avg: { use: 'sma', on: 'ticks.price', period: 2 } };
                export function onTrade(ctx, trade) {
                  if (trade.price > 101) { ctx.signal('up', { reason: 'a' }); ctx.buy({ size: 1 }); }
                }
                """)
            .over(Play.trades(100, 101, 102));
    assertThat(play.of(Reading.class))
        .extracting(Reading::seq, Reading::bar, Reading::values)
        .startsWith(tuple(3L, null, Map.of("avg", 101.5)));
    // The bar that the end of the data closes.
    assertThat(play.of(Reading.class)).extracting(ReadingsTest::close).endsWith(102.0).hasSize(2);
    assertThat(play.of(Signal.class)).extracting(Signal::seq).containsExactly(3L, 3L);
    assertThat(play.journal.indexOf(play.of(Reading.class).getFirst()))
        .isLessThan(play.journal.indexOf(play.of(Signal.class).getFirst()));
  }

  @Test
  void noneWhereTheSessionDoesNotWantThem() {
    var play = new Play().with(BARS + "export function onBar() {}").over(Play.bars(100, 102));
    assertThat(play.of(Reading.class)).isEmpty();
  }

  @Test
  void theBarAtWhichAStrategyFailsIsThere() {
    var play =
        new Play()
            .live()
            .keepingReadings()
            .with(BARS + "export function onBar() { throw new Error('no'); }")
            .over(Play.bars(100, 102, 104));
    assertThat(play.of(Reading.class)).extracting(ReadingsTest::close).containsExactly(100.0);
  }

  /// Two streams of the same bars share their indicators, which move on once a bar.
  @Test
  void twoStreamsOfTheSameBars() {
    var play =
        new Play()
            .keepingReadings()
            .with(
                """
                export const data = { main: { bars: '1m' }, again: { bars: '1m' } };
                export const indicators = { avg: { use: 'sma', period: 1 } };
                export function onBar(ctx) { ctx.log(ctx.ind.avg.value, ctx.ind.avg.prev()); }
                """)
            .over(Play.bars(100, 102, 104));
    assertThat(play.of(Reading.class)).hasSize(3);
    assertThat(play.log().stream().distinct()).isEqualTo(List.of("100 NaN", "102 100", "104 102"));
  }
}
