package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.bus.Channels.CHANGE_FEED_PACE;
import static sandpiper.bus.Channels.FEED_VALUE;
import static sandpiper.bus.Channels.OPEN_FEED;
import static sandpiper.bus.Channels.PAUSE_FEED;
import static sandpiper.bus.Channels.PUBLISH_PRICES;
import static sandpiper.bus.Channels.START_FEED;
import static sandpiper.bus.Channels.STOP_FEED;
import static sandpiper.feeds.FakeSession.DONE;
import static sandpiper.feeds.FakeSession.await;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Messages.ChangePace;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FeedValue;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.PauseSession;
import sandpiper.bus.Messages.PublishPrices;
import sandpiper.bus.Messages.PublishValue;
import sandpiper.bus.Messages.Published;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.trading.FillModel;
import sandpiper.mexc.client.MexcConfig;

class PublishedPricesTest {
  private static final long NOW = 1_767_268_800_000_000L;
  private static final long SECOND = 1_000_000;
  private static final CloseSession SESSION = new CloseSession("pp_1");

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // before each test
  private FakeSession session;

  @BeforeEach
  void deploy() throws Exception {
    session = new FakeSession(vertx);
    await(
        vertx.deployVerticle(
            new FeedsVerticle(folder, MexcConfig.STANDARD, () -> NOW, new Random(1))));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private static OpenFeed feed(String data, @Nullable Double acceleration) {
    return new OpenFeed(
        "pp_1",
        data,
        List.of("BTCUSD"),
        Map.of("BTCUSD", Set.of(Interval.parse("1m"))),
        acceleration);
  }

  private void begin() throws Exception {
    assertThat(session.ask(OPEN_FEED, feed("bridge:py", null)).startTime()).isEqualTo(NOW);
    session.ask(START_FEED, SESSION);
  }

  private static Trade trade(long seconds, double price) {
    return new Trade("BTCUSD", NOW + seconds * SECOND, price, 1);
  }

  private Published publish(MarketEvent... events) throws Exception {
    return session.ask(PUBLISH_PRICES, new PublishPrices("py", Arrays.asList(events)));
  }

  private void refused(String message, MarketEvent... events) {
    assertThatThrownBy(() -> publish(events))
        .cause()
        .isInstanceOf(Refusal.class)
        .hasMessage(message);
  }

  private void received(int count) throws InterruptedException {
    awaitSize(session.received, count);
  }

  private static void awaitSize(Collection<?> inputs, int size) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (inputs.size() < size && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(inputs).hasSize(size);
  }

  @Test
  void whatIsPublishedIsNumberedRecordedAndMakesBars() throws Exception {
    begin();
    assertThat(publish(trade(0, 100), trade(10, 101))).isEqualTo(new Published(1));
    received(2);
    publish(new Quote("BTCUSD", NOW + 20 * SECOND, 99, 100, 1, 1), trade(61, 105));
    received(5);
    assertThat(session.received.stream().map(Input::seq)).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(session.received.get(3).event())
        .isInstanceOfSatisfying(
            BarClosed.class, closed -> assertThat(closed.bar().close()).isEqualTo(101));
    assertThat(session.mostUnderWay).hasValue(1);
    assertThat(session.ask(STOP_FEED, SESSION).lastSeq()).isEqualTo(5);
    assertThat(session.recorded).isEqualTo(session.received);
    refused(
        "no session takes prices of bridge:py; start one of mode paper with that as its data",
        trade(70, 1));
  }

  @Test
  void aDataCollectionKeepsTheStreamsThatItWants() throws Exception {
    session.ask(
        OPEN_FEED,
        new OpenFeed(
            "pp_1",
            "bridge:py",
            List.of("BTCUSD"),
            Map.of(),
            null,
            FillModel.ANY,
            TimeRange.ALL,
            true,
            Set.of(MarketStream.TRADES),
            false));
    session.ask(START_FEED, SESSION);
    publish(quoteAt(0), trade(1, 100), quoteAt(2));
    publish(trade(3, 101));
    awaitSize(session.recorded, 2);
    session.ask(STOP_FEED, SESSION);
    assertThat(session.recorded.stream().map(Input::event))
        .containsExactly(trade(1, 100), trade(3, 101));
    assertThat(session.received).isEmpty();
  }

  private static Quote quoteAt(long seconds) {
    return new Quote("BTCUSD", NOW + seconds * SECOND, 99, 100, 1, 1);
  }

  /// A session that is behind keeps the value from all of them.
  @Test
  void aValueIsTakenByEverySessionOrByNone() throws Exception {
    begin();
    var value = new PublishValue("BTCUSD", "mood", 0.5);
    assertThatThrownBy(
            () -> session.ask(FEED_VALUE, new FeedValue(List.of("pp_1", "pp_gone"), value)))
        .cause()
        .hasMessage("session pp_gone has no feed running");
    assertThatThrownBy(() ->
            session.ask(
                FEED_VALUE,
                new FeedValue(
                    List.of("pp_1"), new PublishValue("BTCUSD", "mood", Double.POSITIVE_INFINITY))))
        .cause()
        .isInstanceOf(Refusal.class)
        .hasMessage("mood must be a finite number, was Infinity");
    assertThat(session.ask(FEED_VALUE, new FeedValue(List.of("pp_1"), value)))
        .isEqualTo(new Published(1));
    received(1);
    assertThat(session.received.getFirst().event())
        .isEqualTo(new ExternalValue("BTCUSD", NOW, "mood", 0.5));
  }

  @Test
  void aSessionSeesItsOwnSymbolsOnly() throws Exception {
    begin();
    publish(new Trade("ETHUSD", NOW, 1, 1), trade(1, 100), new Trade("ETHUSD", NOW, 1, 1));
    received(1);
    refused(
        "no session that takes prices of bridge:py has the symbol ETHUSD",
        new Trade("ETHUSD", NOW, 1, 1));
  }

  @Test
  void timeThatGoesBackOrIsInOtherUnitsIsRefusedWhole() throws Exception {
    begin();
    publish(trade(5, 100));
    refused(
        "time must not go back, was 1767268804000000 for BTCUSD, after 1767268806000000"
            + " (UTC microseconds)",
        trade(6, 100),
        trade(4, 100));
    refused(
        "time must be in UTC microseconds and at most a day ahead, was 1767268800000000000 for"
            + " BTCUSD",
        new Trade("BTCUSD", NOW * 1_000, 1, 1));
    publish(trade(6, 100));
    received(2);
  }

  @Test
  void whoeverIsTooFastIsTurnedAwayAndNothingIsLost() throws Exception {
    var hold = Promise.<Done>promise();
    session.onInput = _ -> hold.future();
    begin();
    var many =
        IntStream.rangeClosed(1, 1_000)
            .<MarketEvent>mapToObj(i -> trade(1, i))
            .toArray(MarketEvent[]::new);
    publish(trade(0, 1));
    received(1);
    for (int i = 0; i < PublishedPrices.BOUND / many.length; i++) {
      publish(many);
    }
    refused(
        "a session is behind: 10000 prices of bridge:py wait, 10000 may; send these again later",
        trade(2, 1));
    session.onInput = _ -> DONE;
    hold.complete(new Done());
    received(1 + PublishedPrices.BOUND);
    var prices = new ArrayList<Double>();
    session.received.forEach(input -> prices.add(((Trade) input.event()).price()));
    for (int i = 0; i < PublishedPrices.BOUND; i++) {
      assertThat(prices.get(i + 1)).isEqualTo(i % 1_000 + 1);
    }
  }

  @Test
  void whatOnlyComesHasNoPaceAndDoesNotRest() throws Exception {
    assertThatThrownBy(() -> session.ask(OPEN_FEED, feed("bridge:py", 10.0)))
        .cause()
        .hasMessage(
            "bridge:py has prices as they come: mode must be paper or live, without acceleration");
    assertThatThrownBy(() -> session.ask(OPEN_FEED, feed("bridge:a b", null)))
        .cause()
        .hasMessage(
            "the name of prices from outside must be 1 to 64 of A-Z, a-z, 0-9, '-' and '_', was 'a"
                + " b'");
    assertThatThrownBy(() -> session.ask(OPEN_FEED, feed("BTCUSD=bridge:py", null)))
        .cause()
        .hasMessageContaining("only one of mode paper can take them");
    begin();
    assertThatThrownBy(() -> session.ask(PAUSE_FEED, new PauseSession("pp_1", true)))
        .cause()
        .hasMessage("session pp_1 takes prices as they come: it cannot rest");
    assertThatThrownBy(() -> session.ask(CHANGE_FEED_PACE, new ChangePace("pp_1", 10.0)))
        .cause()
        .hasMessage("session pp_1 takes prices as they come: it has no pace");
  }
}
