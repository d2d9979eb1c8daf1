package sandpiper.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.Samples.MINUTE;
import static sandpiper.gateway.Samples.NOON;
import static sandpiper.gateway.Samples.SYMBOL;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Json;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Interval;
import sandpiper.gateway.Samples;
import sandpiper.gateway.screen.ScreenMessage.Candle;

class StreamScreenTest {
  private static final long SECOND = 1_000_000;
  private static final StreamKey KEY = new StreamKey(SYMBOL, MINUTE);

  private final Recorder recorder = new Recorder();
  private final StreamScreen stream =
      new StreamScreen(
          KEY, () -> recorder.now, new Outlet(Samples.SESSION, () -> recorder.now, recorder::add));

  @Test
  void theFormingCandleGrowsWithEveryTrade() {
    double[] prices = {100, 103, 98, 101};
    for (int i = 0; i < prices.length; i++) {
      stream.onTrade(Samples.trade(NOON + i * SECOND, prices[i]));
      recorder.passMillis(100);
    }

    assertThat(recorder.data("candle").getLast()).isEqualTo(candle(100, 103, 98, 101, 2, false));
  }

  @Test
  void theFormingCandleComesTenTimesASecond() {
    for (int i = 0; i < 100; i++) {
      stream.onTrade(Samples.trade(NOON + i, 100 + i));
      recorder.passMillis(10);
      stream.flush();
    }

    assertThat(recorder.data("candle")).hasSizeBetween(10, 11);
    assertThat(recorder.data("candle").getLast().getDouble("close")).isEqualTo(199);
  }

  @Test
  void whatWasFormingIsVoidOnceTheBarClosed() {
    stream.onTrade(Samples.trade(NOON, 100));
    stream.onTrade(Samples.trade(NOON + 1, 105));
    stream.onClosed(new Bar(SYMBOL, MINUTE, NOON, 100, 105, 100, 105, 1), new double[0]);
    recorder.passMillis(500);
    stream.flush();

    assertThat(recorder.data("candle"))
        .containsExactly(
            candle(100, 100, 100, 100, 0.5, false), candle(100, 105, 100, 105, 1, true));
    assertThat(snapshot().getLast()).isEqualTo(candle(100, 105, 100, 105, 1, true));
  }

  @Test
  void aLongerBarFormsFromSmallerOnes() {
    var hour = new StreamKey(SYMBOL, Interval.parse("5m"));
    var outlet = new Outlet(Samples.SESSION, () -> recorder.now, recorder::add);
    var longer = new StreamScreen(hour, () -> recorder.now, outlet);

    longer.onSourceBar(Samples.bar(NOON, 100));
    recorder.passMillis(100);
    longer.onSourceBar(Samples.bar(NOON + 60 * SECOND, 110));

    var forming = recorder.data("candle").getLast();
    assertThat(forming.getString("interval")).isEqualTo("5m");
    assertThat(forming.getDouble("open")).isEqualTo(100);
    assertThat(forming.getDouble("high")).isEqualTo(111);
    assertThat(forming.getDouble("volume")).isEqualTo(4);
  }

  @Test
  void aSourceBarOfTheStreamsOwnLengthOnlyCloses() {
    stream.onSourceBar(Samples.bar(NOON, 100));
    stream.onClosed(Samples.bar(NOON, 100), new double[0]);

    assertThat(recorder.data("candle")).hasSize(1);
    assertThat(recorder.data("candle").getFirst().getBoolean("closed")).isTrue();
  }

  @Test
  void aLostClosingDoesNotMixTwoBars() {
    stream.onTrade(Samples.trade(NOON, 100));
    recorder.passMillis(100);
    stream.onTrade(Samples.trade(NOON + 60 * SECOND, 50));

    var forming = recorder.data("candle").getLast();
    assertThat(forming.getLong("open_time")).isEqualTo(NOON + 60 * SECOND);
    assertThat(forming.getDouble("high")).isEqualTo(50);
  }

  @Test
  void indicatorsComeWithTheBarAndNaNIsNull() {
    var plan = Samples.plan();
    var layout = new IndicatorLayout(List.of(plan.indicators().getFirst().spec()));
    stream.plot(List.of(java.util.Objects.requireNonNull(Plot.of(plan, layout, KEY))));

    stream.onClosed(Samples.bar(NOON, 100), new double[] {Double.NaN});
    stream.onClosed(Samples.bar(NOON + 60 * SECOND, 100), new double[] {100.5});

    var indicators = recorder.data("indicator");
    assertThat(indicators.getFirst())
        .isEqualTo(
            new JsonObject(
                """
                {"strategy": "cross", "symbol": "BTCUSD", "interval": "1m",
                 "open_time": 1700049600000000, "values": {"fast": {"value": null}}}\
                """));
    assertThat(indicators.getLast().getJsonObject("values"))
        .isEqualTo(new JsonObject("{\"fast\": {\"value\": 100.5}}"));
  }

  private List<JsonObject> snapshot() {
    var candles = new ArrayList<Candle>();
    stream.snapshot(candles, new ArrayList<>());
    return candles.stream().map(Json::object).toList();
  }

  private static JsonObject candle(
      double open, double high, double low, double close, double volume, boolean closed) {
    return new JsonObject()
        .put("symbol", SYMBOL)
        .put("interval", "1m")
        .put("open_time", NOON)
        .put("open", open)
        .put("high", high)
        .put("low", low)
        .put("close", close)
        .put("volume", volume)
        .put("closed", closed);
  }
}
