package sandpiper.mexc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// What the futures say, as their documentation and clients of them show it.
class FuturesProtocolTest {
  private static final String BTC = "BTC_USDT";

  /// As the exchange described one in the notes of other clients.
  private static final String DETAIL =
      """
      {"symbol":"BTC_USDT","positionOpenType":3,"baseCoin":"BTC","quoteCoin":"USDT",
       "settleCoin":"USDT","contractSize":0.0001,"minLeverage":1,"maxLeverage":125,"priceUnit":0.5,
       "volUnit":1,"minVol":1,"maxVol":1000000,"takerFeeRate":0.0006,"makerFeeRate":0.0002,
       "maintenanceMarginRate":0.004,"initialMarginRate":0.008,"riskBaseVol":10000,
       "riskIncrVol":200000,"riskIncrMmr":0.004,"riskIncrImr":0.004,"riskLevelLimit":5,"state":0}
      """;

  private final List<MarketEvent> told = new ArrayList<>();
  private final SymbolStream stream = new SymbolStream(BTC, null, told::add);
  private final FuturesMarketProtocol protocol =
      new FuturesMarketProtocol(Map.of(BTC, FuturesContract.of(row(DETAIL))));

  private static Row row(String json) {
    return Row.of(ExactJson.read(json), "text");
  }

  private void hear(String text) {
    var news = Objects.requireNonNull(protocol.read(text, new LinkedHashSet<>()));
    assertThat(protocol.symbol(news)).isEqualTo(BTC);
    protocol.tell(news, stream, 5, false);
  }

  @Test
  void aContractHasALotOfBaseCurrencyAndTiersOfRisk() {
    var contract = FuturesContract.of(row(DETAIL));
    assertThat(contract.instrument().tickSize()).isEqualByComparingTo("0.5");
    assertThat(contract.instrument().lotSize()).isEqualByComparingTo("0.0001");
    assertThat(contract.amount(new BigDecimal(3))).isEqualTo(0.0003);
    assertThat(contract.tiers()).hasSize(5);
    var second = contract.tiers().get(1);
    assertThat(second.level()).isEqualTo(2);
    assertThat(second.maxContracts()).isEqualByComparingTo("210000");
    assertThat(second.maintenanceMargin()).isEqualByComparingTo("0.008");
    assertThat(second.initialMargin()).isEqualByComparingTo("0.012");
    assertThat(contract.byProgram()).as("it does not say").isTrue();
  }

  @Test
  void aListOfTiersIsTakenAsItIs() {
    var detail = new JsonObject(DETAIL);
    detail.put("riskLimitMode", "CUSTOM");
    detail.put(
        "riskLimitCustom", List.of(Map.of("level", 1, "maxVol", 50, "mmr", "0.01", "imr", "0.02")));
    detail.put("apiAllowed", false);
    detail.put("state", 4);
    var contract = FuturesContract.of(row(detail.encode()));
    assertThat(contract.tiers())
        .containsExactly(
            new FuturesContract.RiskTier(
                1, new BigDecimal(50), new BigDecimal("0.01"), new BigDecimal("0.02")));
    assertThat(contract.byProgram()).isFalse();
    assertThat(contract.open()).isFalse();
  }

  /// A list since October 2025, one trade before.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"p\":114350.4,\"v\":4,\"T\":2,\"O\":3,\"M\":2,\"t\":1760368563597}]",
        "{\"p\":114350.4,\"v\":4,\"T\":2,\"O\":3,\"M\":2,\"t\":1760368563597}"
      })
  void tradesAreInBaseCurrency(String data) {
    hear("{\"channel\":\"push.deal\",\"data\":" + data + ",\"symbol\":\"BTC_USDT\",\"ts\":1}");
    assertThat(told).containsExactly(new Trade(BTC, 5, 114_350.4, 0.0004));
  }

  @Test
  void theTopOfTheBookIsAQuote() {
    hear(
        """
        {"channel":"push.depth.full","symbol":"BTC_USDT","ts":1,"data":
         {"asks":[[101.5,30,1],[102,1,1]],"bids":[[101,20,2]],"version":7}}
        """);
    hear(
        """
        {"channel":"push.depth.full","symbol":"BTC_USDT","ts":1,"data":
         {"asks":[],"bids":[[101,20,2]],"version":8}}
        """);
    assertThat(told).containsExactly(new Quote(BTC, 5, 101, 101.5, 0.002, 0.003));
  }

  @Test
  void aRateIsToldWhenItIsAnother() {
    for (var rate : List.of("0.0001", "0.0001", "-0.000021", "0.0001")) {
      hear(
          "{\"channel\":\"push.funding.rate\",\"symbol\":\"BTC_USDT\",\"data\":{\"rate\":%s}}"
              .formatted(rate));
    }
    assertThat(told)
        .extracting(each -> ((ExternalValue) each).name(), each -> ((ExternalValue) each).value())
        .containsExactly(
            tuple("funding-rate", 0.0001),
            tuple("funding-rate", -0.000021),
            tuple("funding-rate", 0.0001));
  }

  @Test
  void whatIsAgreedToIsCounted() {
    var wanted = Set.of(MarketStream.TRADES, MarketStream.BOOKS);
    var awaited = new LinkedHashSet<>(protocol.channels(BTC, wanted));
    awaited.addAll(protocol.channels("ETH_USDT", wanted));
    assertThat(awaited).hasSize(6).allMatch(each -> each.contains("\"gzip\":false"));
    for (var kind : List.of("deal", "deal", "depth", "depth", "funding.rate")) {
      assertThat(
              protocol.read(
                  "{\"channel\":\"rs.sub." + kind + "\",\"data\":\"success\",\"ts\":1}", awaited))
          .isNull();
    }
    assertThat(awaited).hasSize(1).allMatch(each -> each.contains("sub.funding.rate"));
    assertThat(protocol.read("{\"channel\":\"pong\",\"data\":1,\"ts\":1}", awaited)).isNull();
    assertThat(awaited).hasSize(1);
  }

  @Test
  void whatCannotBeReadOrIsRefusedIsToldSo() {
    var awaited = new LinkedHashSet<String>();
    assertThatThrownBy(() -> protocol.read("{\"id\":", awaited))
        .hasMessage("a text cannot be read: {\"id\":");
    assertThatThrownBy(() -> protocol.read(Buffer.buffer(new byte[] {1, 2})))
        .hasMessage("a frame of 2 bytes is no text");
    assertThatThrownBy(() ->
            protocol.read(
                "{\"channel\":\"rs.error\",\"data\":\"Contract [X] not exists\"}", awaited))
        .isInstanceOfSatisfying(
            MexcException.class, refused -> assertThat(refused.error()).isEqualTo(MexcError.SYMBOL))
        .hasMessage("MEXC refused: Contract [X] not exists");
    assertThatThrownBy(
            () -> hear("{\"channel\":\"push.deal\",\"data\":[{}],\"symbol\":\"BTC_USDT\"}"))
        .isInstanceOf(MexcException.class);
  }

  @Test
  void decimalsKeepTheirDigits() {
    assertThat(row("{\"a\":7344207079.967681234567891}").decimal("a"))
        .isEqualTo(new BigDecimal("7344207079.967681234567891"));
    assertThat(ExactJson.read("nonsense")).isNull();
  }

  @Test
  void parametersAreSortedAndEncodedBeforeTheyAreSigned() {
    var query = new Query().add("symbol", "BTC_USDT").add("page_size", 20).add("a", "c d,e");
    assertThat(query).hasToString("symbol=BTC_USDT&page_size=20&a=c%20d%2Ce");
    assertThat(query.sorted().toString()).startsWith("a=c").endsWith("&symbol=BTC_USDT");
  }
}
