package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.LiveData;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Trade;
import sandpiper.domain.trading.FillModel;
import sandpiper.mexc.client.MarketStreams;
import sandpiper.mexc.client.MexcConfig;
import sandpiper.mexc.client.MexcRest;
import sandpiper.mexc.client.StreamGap;

/// What waits for a session, without an exchange: the test says what comes.
class LiveMarketTest {
  private static final long NOON = 1_767_268_800_000_000L;
  private static final String SYMBOL = "BTCUSDT";

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong clock = new AtomicLong(NOON);
  private final LiveMarket market = market(null);

  private LiveMarket market(@Nullable Set<MarketStream> collected) {
    var request =
        new OpenFeed(
            "pp_1",
            "mexc",
            List.of(SYMBOL),
            Map.of(),
            null,
            FillModel.ANY,
            TimeRange.ALL,
            true,
            collected,
            false);
    return new LiveMarket(
        (symbols, wanted, now, random, listener) ->
            new MarketStreams(
                new MexcRest(vertx, MexcConfig.STANDARD), symbols, wanted, now, random, listener),
        request,
        clock::get,
        new Random(1));
  }

  @AfterEach
  void close() throws TimeoutException {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private Trade trade(int number) {
    return new Trade(SYMBOL, clock.get(), 100 + number, 1);
  }

  @Test
  void whatComesWaitsInItsOrder() {
    assertThat(market.startTime()).isEqualTo(NOON);
    assertThat(market.endTime()).isNull();
    var ready = market.ready();
    assertThat(ready.isComplete()).isFalse();
    market.onEvent(trade(1));
    market.onEvent(trade(2));
    assertThat(ready.isComplete()).isTrue();
    assertThat(market.next()).isEqualTo(trade(1));
    assertThat(market.next()).isEqualTo(trade(2));
    assertThat(market.hasNext()).isFalse();
    assertThat(market.ready().isComplete()).isFalse();
  }

  @Test
  void aGapStandsWhereItWas() {
    market.onEvent(trade(1));
    market.onGap(new StreamGap(SYMBOL, StreamGap.Kind.FEED, 2_500, "test"));
    market.onGap(new StreamGap(SYMBOL, StreamGap.Kind.BOOK, 7, "test"));
    market.onEvent(trade(2));
    market.next();
    assertThat(market.next()).isEqualTo(new ExternalValue(SYMBOL, NOON, LiveData.FEED_GAP, 2.5));
    assertThat(market.next()).isEqualTo(new ExternalValue(SYMBOL, NOON, LiveData.BOOK_GAP, 7));
    assertThat(market.next()).isEqualTo(trade(2));
  }

  @Test
  void whoIsTooFarBehindMissesWhatComesUntilHalfIsDone() {
    for (int i = 0; i < LiveMarket.BOUND; i++) {
      market.onEvent(trade(i));
    }
    assertThat(market.health().missed()).isZero();
    market.onEvent(trade(-1));
    clock.addAndGet(4_000_000);
    market.onEvent(trade(-2));
    assertThat(market.health().missed()).isEqualTo(2);
    for (int i = 0; i < LiveMarket.BOUND / 2 - 1; i++) {
      assertThat(((Trade) market.next()).price()).isEqualTo(100 + i);
    }
    market.onEvent(trade(-3));
    assertThat(market.health().missed()).isEqualTo(3);
    market.next();
    market.onEvent(trade(99_999));
    assertThat(market.health().missed()).isEqualTo(3);
    for (int i = LiveMarket.BOUND / 2; i < LiveMarket.BOUND; i++) {
      assertThat(((Trade) market.next()).price()).isEqualTo(100 + i);
    }
    assertThat(market.next())
        .isEqualTo(new ExternalValue(SYMBOL, NOON + 4_000_000, LiveData.FEED_GAP, 4));
    assertThat(market.next()).isEqualTo(trade(99_999));
    assertThat(market.hasNext()).isFalse();
  }

  @Test
  void timeDoesNotGoBackWithTheMachinesClock() {
    clock.addAndGet(1_000_000);
    market.onGap(new StreamGap(SYMBOL, StreamGap.Kind.BOOK, 0, "test"));
    clock.set(NOON - 5_000_000);
    market.onGap(new StreamGap(SYMBOL, StreamGap.Kind.BOOK, 0, "test"));
    assertThat(market.next().time()).isEqualTo(NOON + 1_000_000);
    assertThat(market.next().time()).isEqualTo(NOON + 1_000_000);
  }

  @Test
  void afterTheEndNothingWaits() {
    market.onEvent(trade(1));
    var _ = market.close();
    market.onEvent(trade(2));
    market.onGap(new StreamGap(SYMBOL, StreamGap.Kind.FEED, 1, "test"));
    assertThat(market.hasNext()).isFalse();
    assertThat(market.ready().isComplete()).isTrue();
  }

  @Test
  void barsAloneCannotBeHeard() {
    assertThatThrownBy(() -> market(Set.of(MarketStream.BARS)))
        .hasMessage("mexc has trades, quotes and books: streams must be of these, was bars");
  }
}
