package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;
import sandpiper.domain.matching.MatchedOrder;

/// An order for contracts, from its acceptance on. Only [FuturesTrading] changes it.
final class ContractOrder {
  private static final int DECIMALS = 12;

  final FuturesAccount account;
  final Contract contract;
  final Asked asked;
  final MatchedOrder matched;
  private final String id;
  private final long time;
  private State state = State.OPEN;
  private long filled;
  private long filledUnits;
  private long updateTime;

  /// What it holds of the account's money.
  BigDecimal reserved = BigDecimal.ZERO;

  BigDecimal takerFees = BigDecimal.ZERO;
  BigDecimal makerFees = BigDecimal.ZERO;
  BigDecimal profit = BigDecimal.ZERO;

  enum State {
    OPEN(2),
    FILLED(3),
    CANCELLED(4);

    private final int number;

    State(int number) {
      this.number = number;
    }
  }

  /// What it does to a position.
  enum Action {
    OPEN_LONG(1, Side.BUY, true, true),
    CLOSE_SHORT(2, Side.BUY, false, false),
    OPEN_SHORT(3, Side.SELL, true, false),
    CLOSE_LONG(4, Side.SELL, false, true);

    private final int number;
    private final Side side;
    private final boolean opens;
    private final boolean isLong;

    Action(int number, Side side, boolean opens, boolean isLong) {
      this.number = number;
      this.side = side;
      this.opens = opens;
      this.isLong = isLong;
    }

    static @Nullable Action numbered(long number) {
      for (var action : values()) {
        if (action.number == number) {
          return action;
        }
      }
      return null;
    }

    int number() {
      return number;
    }

    Side side() {
      return side;
    }

    boolean opens() {
      return opens;
    }

    /// Of the position.
    boolean isLong() {
      return isLong;
    }
  }

  enum Kind {
    LIMIT(1, Execution.GTC),
    POST_ONLY(2, Execution.POST_ONLY),
    IMMEDIATE_OR_CANCEL(3, Execution.IOC),
    FILL_OR_KILL(4, Execution.FOK),
    MARKET(5, Execution.IOC),
    /// At the best price of the other side, as it is when the order comes; what does not fill
    /// rests.
    CURRENT_PRICE(6, Execution.GTC);

    private final int number;
    private final Execution execution;

    Kind(int number, Execution execution) {
      this.number = number;
      this.execution = execution;
    }

    static @Nullable Kind numbered(long number) {
      for (var kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      return null;
    }

    Execution execution() {
      return execution;
    }
  }

  /// What was asked for.
  ///
  /// @param contracts above zero
  /// @param price in quote currency; ignored at the market
  /// @param isolated whether the position has margin of its own
  record Asked(
      String symbol,
      Action action,
      Kind kind,
      BigDecimal contracts,
      @Nullable BigDecimal price,
      boolean isolated,
      @Nullable Integer leverage,
      @Nullable String externalId) {}

  ContractOrder(
      String id,
      FuturesAccount account,
      Contract contract,
      Asked asked,
      MatchedOrder matched,
      long time) {
    this.id = id;
    this.account = account;
    this.contract = contract;
    this.asked = asked;
    this.matched = matched;
    this.time = time;
    updateTime = time;
  }

  String id() {
    return id;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  void fill(long price, long size, long now) {
    filled += size;
    filledUnits = Math.addExact(filledUnits, Math.multiplyExact(price, size));
    state = filled == contracts() ? State.FILLED : State.OPEN;
    updateTime = now;
  }

  /// What is left of it has gone.
  void leave(long now) {
    state = State.CANCELLED;
    updateTime = now;
  }

  long contracts() {
    return asked.contracts().longValueExact();
  }

  long open() {
    return contracts() - filled;
  }

  /// @param positionId zero when there is none
  JsonObject toJson(long positionId) {
    var grain = contract.rules().grain();
    var average =
        filled == 0
            ? BigDecimal.ZERO
            : grain
                .price(filledUnits)
                .divide(BigDecimal.valueOf(filled), DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros();
    var price = asked.kind() == Kind.MARKET ? BigDecimal.ZERO : grain.price(matched.price());
    return new JsonObject()
        .put("orderId", id)
        .put("symbol", grain.symbol())
        .put("positionId", positionId)
        .put("price", price)
        .put("vol", contracts())
        .put("remainVol", open())
        .put("leverage", asked.leverage() == null ? 0 : asked.leverage())
        .put("side", asked.action().number)
        .put("category", 1)
        .put("orderType", asked.kind().number)
        .put("dealAvgPrice", average)
        .put("dealVol", filled)
        .put("orderMargin", reserved)
        .put("takerFee", takerFees)
        .put("makerFee", makerFees)
        .put("profit", profit)
        .put("feeCurrency", grain.quote())
        .put("openType", asked.isolated() ? 1 : 2)
        .put("state", state.number)
        .put("externalOid", asked.externalId() == null ? "_m_" + id : asked.externalId())
        .put("errorCode", 0)
        .put("positionMode", 1)
        .put("createTime", time)
        .put("updateTime", updateTime);
  }
}
