package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// What an account holds of a contract, on one side. Only [FuturesTrading] changes it.
final class Position {
  private static final int DECIMALS = 12;

  final Contract contract;
  final boolean isLong;
  final boolean isolated;
  int leverage;
  private final long id;
  private final long time;
  private long held;
  private long closed;
  private BigDecimal openValue = BigDecimal.ZERO;

  /// Contracts that orders are to close.
  long frozen;

  BigDecimal margin = BigDecimal.ZERO;
  BigDecimal realised = BigDecimal.ZERO;
  BigDecimal funding = BigDecimal.ZERO;
  long updateTime;

  Position(long id, Contract contract, boolean isLong, boolean isolated, int leverage, long time) {
    this.id = id;
    this.contract = contract;
    this.isLong = isLong;
    this.isolated = isolated;
    this.leverage = leverage;
    this.time = time;
    updateTime = time;
  }

  long id() {
    return id;
  }

  long held() {
    return held;
  }

  /// That no order is to close.
  long free() {
    return held - frozen;
  }

  int sign() {
    return isLong ? 1 : -1;
  }

  void open(long contracts, BigDecimal value) {
    held += contracts;
    openValue = openValue.add(value);
  }

  /// @return what it makes, without fees
  BigDecimal close(long contracts, BigDecimal value) {
    var cost = share(openValue, contracts);
    held -= contracts;
    closed += contracts;
    openValue = openValue.subtract(cost);
    var profit = isLong ? value.subtract(cost) : cost.subtract(value);
    realised = realised.add(profit);
    return profit;
  }

  /// Of an amount that all contracts have together.
  BigDecimal share(BigDecimal whole, long contracts) {
    return contracts == held
        ? whole
        : whole
            .multiply(BigDecimal.valueOf(contracts))
            .divide(BigDecimal.valueOf(held), DECIMALS, RoundingMode.DOWN);
  }

  /// At the fair price.
  BigDecimal value() {
    return contract
        .fairPrice()
        .multiply(BigDecimal.valueOf(held))
        .multiply(contract.rules().size());
  }

  BigDecimal unrealised() {
    var value = value();
    return isLong ? value.subtract(openValue) : openValue.subtract(value);
  }

  private BigDecimal averagePrice() {
    return held == 0
        ? BigDecimal.ZERO
        : openValue
            .divide(
                BigDecimal.valueOf(held).multiply(contract.rules().size()),
                DECIMALS,
                RoundingMode.HALF_UP)
            .stripTrailingZeros();
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("positionId", id)
        .put("symbol", contract.rules().symbol())
        .put("positionType", isLong ? 1 : 2)
        .put("openType", isolated ? 1 : 2)
        .put("state", held == 0 ? 3 : 1)
        .put("holdVol", held)
        .put("frozenVol", frozen)
        .put("closeVol", closed)
        .put("holdAvgPrice", averagePrice())
        .put("openAvgPrice", averagePrice())
        .put("liquidatePrice", 0)
        .put("oim", margin)
        .put("im", margin)
        .put("holdFee", funding)
        .put("realised", realised)
        .put("leverage", leverage)
        .put("createTime", time)
        .put("updateTime", updateTime)
        .put("autoAddIm", false);
  }
}
