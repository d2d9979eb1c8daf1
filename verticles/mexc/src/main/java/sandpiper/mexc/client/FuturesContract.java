package sandpiper.mexc.client;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import sandpiper.domain.market.Instrument;

/// A perpetual contract, as the exchange describes it.
///
/// The exchange counts contracts; everything here counts base currency, as the spot market does,
/// but for [#minContracts] and [#maxContracts]. Only contracts that are settled in their quote
/// currency are known.
///
/// @param instrument its lot is that of one step of contracts; with the list price of fees
/// @param contractSize base currency that one contract is of
/// @param minContracts of an order
/// @param maxContracts of an order
/// @param isolated whether positions may have margin of their own
/// @param cross whether positions may share the account's margin
/// @param tiers of risk, the smallest positions first; at least one
/// @param open whether it is traded at this time
/// @param byProgram whether orders may come from programs
public record FuturesContract(
    Instrument instrument,
    BigDecimal contractSize,
    BigDecimal minContracts,
    BigDecimal maxContracts,
    int minLeverage,
    int maxLeverage,
    boolean isolated,
    boolean cross,
    List<RiskTier> tiers,
    boolean open,
    boolean byProgram) {
  private static final int ISOLATED = 1;
  private static final int CROSS = 2;
  private static final int MOST_TIERS = 200;

  /// What a position of some size needs.
  ///
  /// @param maxContracts up to which it holds
  /// @param maintenanceMargin share of the notional below which the position is liquidated
  /// @param initialMargin share of the notional that it takes to open
  public record RiskTier(
      int level, BigDecimal maxContracts, BigDecimal maintenanceMargin, BigDecimal initialMargin) {}

  public FuturesContract {
    tiers = List.copyOf(tiers);
    if (contractSize.signum() <= 0 || tiers.isEmpty()) {
      throw new IllegalArgumentException(
          instrument.symbol() + ": a contract has a size and at least one tier of risk");
    }
  }

  static boolean isSettledInQuote(Row row) {
    return row.text("settleCoin").equals(row.text("quoteCoin"));
  }

  static FuturesContract of(Row row) {
    var size = row.decimal("contractSize");
    long modes = row.whole("positionOpenType");
    return new FuturesContract(
        new Instrument(
            row.text("symbol"),
            row.text("baseCoin"),
            row.text("quoteCoin"),
            row.decimal("priceUnit"),
            row.decimal("volUnit").multiply(size).stripTrailingZeros(),
            BigDecimal.ZERO,
            row.decimalOrZero("makerFeeRate"),
            row.decimalOrZero("takerFeeRate")),
        size,
        row.decimal("minVol"),
        row.decimal("maxVol"),
        (int) row.whole("minLeverage"),
        (int) row.whole("maxLeverage"),
        (modes & ISOLATED) != 0,
        (modes & CROSS) != 0,
        tiers(row),
        row.whole("state") == 0,
        !row.has("apiAllowed") || row.is("apiAllowed"));
  }

  /// A list of its own, or steps of equal width, which the exchange does not explain.
  private static List<RiskTier> tiers(Row row) {
    var tiers = new ArrayList<RiskTier>();
    if ("CUSTOM".equals(row.textOrNull("riskLimitMode")) && row.has("riskLimitCustom")) {
      for (var tier : Row.list(row.json().getValue("riskLimitCustom"), "riskLimitCustom")) {
        tiers.add(
            new RiskTier(
                (int) tier.whole("level"),
                tier.decimal("maxVol"),
                tier.decimal("mmr"),
                tier.decimal("imr")));
      }
      return tiers;
    }
    long levels = Math.clamp(row.wholeOrZero("riskLevelLimit"), 1, MOST_TIERS);
    for (int i = 0; i < levels; i++) {
      var steps = BigDecimal.valueOf(i);
      tiers.add(
          new RiskTier(
              i + 1,
              row.decimalOrZero("riskBaseVol")
                  .add(steps.multiply(row.decimalOrZero("riskIncrVol"))),
              row.decimal("maintenanceMarginRate")
                  .add(steps.multiply(row.decimalOrZero("riskIncrMmr"))),
              row.decimal("initialMarginRate")
                  .add(steps.multiply(row.decimalOrZero("riskIncrImr")))));
    }
    return tiers;
  }

  /// In base currency.
  double amount(BigDecimal contracts) {
    return contracts.multiply(contractSize).doubleValue();
  }
}
