package sandpiper.domain.journal;

import org.jspecify.annotations.Nullable;

/// Where an order stands in its life, and what can happen to it there.
///
/// | from | ACTIVATE | TRIGGER | AMEND | FILL_PART | FILL_REST | CANCEL | EXPIRE |
/// |---|---|---|---|---|---|---|---|
/// | PENDING | WORKING | | PENDING | | | CANCELLED | EXPIRED |
/// | WORKING | | TRIGGERED ¹ | WORKING | PARTIALLY_FILLED ² | FILLED ² | CANCELLED | EXPIRED |
/// | TRIGGERED | | | TRIGGERED | PARTIALLY_FILLED | FILLED | CANCELLED | EXPIRED |
/// | PARTIALLY_FILLED | | | PARTIALLY_FILLED | PARTIALLY_FILLED | FILLED | CANCELLED | EXPIRED |
///
/// Nothing happens to the others. ¹ types that wait for a trigger, ² types that do not. A life
/// begins as PENDING, WORKING or REFUSED.
public enum OrderStatus {
  /// Passed risk, waits for the fill of another order; the market does not see it.
  PENDING,
  /// Waits at the venue, for its price or for its trigger.
  WORKING,
  /// The trigger was reached: from here on a market or limit order.
  TRIGGERED,
  PARTIALLY_FILLED,
  FILLED,
  CANCELLED,
  /// Turned down before it reached the venue.
  REFUSED,
  /// Its time in force ended.
  EXPIRED;

  /// What can happen to an order.
  public enum Change {
    /// The order it waited for has filled.
    ACTIVATE,
    TRIGGER,
    /// Prices or quantity are new.
    AMEND,
    FILL_PART,
    FILL_REST,
    CANCEL,
    EXPIRE
  }

  /// Whether nothing can happen to the order any more.
  public boolean isFinal() {
    return switch (this) {
      case PENDING, WORKING, TRIGGERED, PARTIALLY_FILLED -> false;
      case FILLED, CANCELLED, REFUSED, EXPIRED -> true;
    };
  }

  /// Whether an order can be born in it.
  boolean isFirst() {
    return this == PENDING || this == WORKING || this == REFUSED;
  }

  /// Where `change` leads an order of that type.
  ///
  /// @throws IllegalStateException when it cannot happen here
  public OrderStatus after(Change change, OrderType type) {
    var next = next(change, type.isConditional());
    if (next == null) {
      throw new IllegalStateException(change + " cannot happen to a " + type + " that is " + this);
    }
    return next;
  }

  private @Nullable OrderStatus next(Change change, boolean conditional) {
    return switch (this) {
      case PENDING ->
          switch (change) {
            case ACTIVATE -> WORKING;
            case AMEND -> PENDING;
            case CANCEL -> CANCELLED;
            case EXPIRE -> EXPIRED;
            case TRIGGER, FILL_PART, FILL_REST -> null;
          };
      case WORKING ->
          switch (change) {
            case TRIGGER -> conditional ? TRIGGERED : null;
            case AMEND -> WORKING;
            case FILL_PART -> conditional ? null : PARTIALLY_FILLED;
            case FILL_REST -> conditional ? null : FILLED;
            case CANCEL -> CANCELLED;
            case EXPIRE -> EXPIRED;
            case ACTIVATE -> null;
          };
      case TRIGGERED, PARTIALLY_FILLED ->
          switch (change) {
            case AMEND -> this;
            case FILL_PART -> PARTIALLY_FILLED;
            case FILL_REST -> FILLED;
            case CANCEL -> CANCELLED;
            case EXPIRE -> EXPIRED;
            case ACTIVATE, TRIGGER -> null;
          };
      case FILLED, CANCELLED, REFUSED, EXPIRED -> null;
    };
  }
}
