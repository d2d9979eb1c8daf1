package sandpiper.mexc.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.MarketStream;
import sandpiper.mexc.client.SymbolStream.Deal;

/// The public channels of the futures.
final class FuturesMarketProtocol extends FuturesProtocol implements MarketProtocol<Row> {
  private static final int QUOTE_LEVELS = 5;

  private final Map<String, FuturesContract> contracts;

  FuturesMarketProtocol(Map<String, FuturesContract> contracts) {
    this.contracts = Map.copyOf(contracts);
  }

  @Override
  public List<String> channels(String symbol, Set<MarketStream> wanted) {
    var channels = new ArrayList<String>();
    if (wanted.contains(MarketStream.TRADES)) {
      channels.add(request("sub.deal", of(symbol)));
    }
    if (wanted.contains(MarketStream.QUOTES)) {
      channels.add(request("sub.depth.full", of(symbol).put("limit", QUOTE_LEVELS)));
    }
    if (wanted.contains(MarketStream.BOOKS)) {
      // Not merged: each version is told, so that a missing one is seen.
      channels.add(request("sub.depth", of(symbol).put("compress", false)));
    }
    channels.add(request("sub.funding.rate", of(symbol)));
    return channels;
  }

  private static JsonObject of(String symbol) {
    return new JsonObject().put("symbol", symbol);
  }

  @Override
  public String symbol(Row news) {
    var symbol = news.textOrNull("symbol");
    return symbol == null ? "" : symbol;
  }

  @Override
  public void tell(Row news, SymbolStream to, long time, boolean doubled) {
    var contract = Objects.requireNonNull(contracts.get(to.symbol));
    var data = news.json().getValue("data");
    switch (news.text("channel")) {
      case "push.deal" -> to.onTrades(deals(data, contract), time, doubled);
      case "push.depth.full" -> tellQuote(Row.of(data, "depth"), contract, to, time, doubled);
      case "push.depth" -> {
        var row = Row.of(data, "depth");
        long version = row.whole("version");
        to.onDepth(
            new BookUpdate(
                to.symbol,
                time,
                version,
                version,
                FuturesMarket.levels(row, "bids", contract),
                FuturesMarket.levels(row, "asks", contract)));
      }
      case "push.funding.rate" ->
          to.onFundingRate(Row.of(data, "funding rate").decimal("rate").doubleValue(), time);
      default -> {
        // A message that nobody asked for, or one that is newer than this program.
      }
    }
  }

  /// A list, or one trade as it was until 2025.
  private static List<Deal> deals(Object data, FuturesContract contract) {
    var rows = Row.list(data instanceof JsonArray ? data : JsonArray.of(data), "deals");
    return rows.stream()
        .map(row ->
            new Deal(
                row.text("t") + " " + row.text("p") + " " + row.text("v") + " " + row.text("T"),
                false,
                row.decimal("p").doubleValue(),
                contract.amount(row.decimal("v"))))
        .toList();
  }

  private static void tellQuote(
      Row row, FuturesContract contract, SymbolStream to, long time, boolean doubled) {
    var bids = FuturesMarket.levels(row, "bids", contract);
    var asks = FuturesMarket.levels(row, "asks", contract);
    to.onQuote(
        row.whole("version"),
        first(bids.prices()),
        first(bids.sizes()),
        first(asks.prices()),
        first(asks.sizes()),
        time,
        doubled);
  }

  /// Zero when there is none.
  private static double first(double[] values) {
    return values.length == 0 ? 0 : values[0];
  }
}
