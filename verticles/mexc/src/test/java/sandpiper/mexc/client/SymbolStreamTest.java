package sandpiper.mexc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.mexc.wire.PublicAggreBookTickerV3Api;
import sandpiper.mexc.wire.PublicAggreDealsV3Api;
import sandpiper.mexc.wire.PublicAggreDealsV3ApiItem;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

class SymbolStreamTest {
  private final List<MarketEvent> told = new ArrayList<>();
  private final SymbolStream stream = new SymbolStream("BTCUSDT", null, told::add);

  private void hear(PushDataV3ApiWrapper news, long time, boolean doubled) {
    new SpotMarketProtocol().tell(news, stream, time, doubled);
  }

  private static PublicAggreDealsV3ApiItem deal(String price, String quantity, String id) {
    return PublicAggreDealsV3ApiItem.newBuilder()
        .setPrice(price)
        .setQuantity(quantity)
        .setTradeType(1)
        .setTime(1_700_000_000_000L)
        .setTradeId(id)
        .build();
  }

  private static PushDataV3ApiWrapper trades(PublicAggreDealsV3ApiItem... deals) {
    return PushDataV3ApiWrapper.newBuilder()
        .setPublicAggreDeals(PublicAggreDealsV3Api.newBuilder().addAllDeals(List.of(deals)))
        .build();
  }

  private static PushDataV3ApiWrapper quote(String bid, String ask, String version) {
    return PushDataV3ApiWrapper.newBuilder()
        .setPublicAggreBookTicker(
            PublicAggreBookTickerV3Api.newBuilder()
                .setBidPrice(bid)
                .setBidQuantity("2")
                .setAskPrice(ask)
                .setAskQuantity("3")
                .setVersion(version))
        .build();
  }

  @Test
  void aTradeWithAnIdIsToldOnce() {
    hear(trades(deal("100", "1", "7_9"), deal("100", "1", "10_10")), 5, false);
    hear(trades(deal("100", "1", "10_10"), deal("101", "2", "11_11")), 6, false);
    assertThat(told)
        .containsExactly(
            new Trade("BTCUSDT", 5, 100, 1),
            new Trade("BTCUSDT", 5, 100, 1),
            new Trade("BTCUSDT", 6, 101, 2));
  }

  /// Before June 2026 there were none.
  @Test
  void equalTradesWithoutIdsAreSeveralUnlessTwoConnectionsTellThem() {
    var twice = trades(deal("100", "1", ""), deal("100", "1", ""));
    hear(twice, 5, false);
    assertThat(told).hasSize(2);
    hear(twice, 6, false);
    assertThat(told).hasSize(4);
    hear(twice, 7, true);
    assertThat(told).hasSize(4);
    hear(trades(deal("100", "1", ""), deal("100", "1", ""), deal("100", "1", "")), 8, true);
    assertThat(told).as("the third is new").hasSize(5);
  }

  @Test
  void aSideWithoutOrdersMakesNoQuote() {
    hear(quote("100", "", "1"), 5, false);
    hear(quote("0", "101", "2"), 5, false);
    hear(quote("102", "101", "3"), 5, false);
    assertThat(told).isEmpty();
    hear(quote("100", "101", ""), 5, false);
    assertThat(told).containsExactly(new Quote("BTCUSDT", 5, 100, 101, 2, 3));
  }

  @Test
  void anOlderQuoteOfAnotherConnectionIsPassedOver() {
    hear(quote("100", "101", "5"), 5, true);
    hear(quote("99", "100", "4"), 6, true);
    hear(quote("100", "101", "5"), 6, true);
    assertThat(told).hasSize(1);
    hear(quote("99", "100", "4"), 7, false);
    assertThat(told).as("on one connection the exchange may count anew").hasSize(2);
  }

  @Test
  void fieldsOfTomorrowAreTolerated() throws InvalidProtocolBufferException {
    var more =
        UnknownFieldSet.newBuilder()
            .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    var deal = deal("100", "1", "1_1").toBuilder().setUnknownFields(more).build();
    var frame = trades(deal).toBuilder().setUnknownFields(more).build();
    hear(PushDataV3ApiWrapper.parseFrom(frame.toByteArray()), 5, false);
    hear(PushDataV3ApiWrapper.newBuilder().setUnknownFields(more).build(), 5, false);
    assertThat(told).hasSize(1);
  }

  @Test
  void whatCannotBeIsNotTold() {
    assertThatThrownBy(() -> hear(trades(deal("abc", "1", "1_1")), 5, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> hear(trades(deal("-1", "1", "2_2")), 5, false))
        .hasMessage("price must be a number above zero, was -1.0");
  }
}
