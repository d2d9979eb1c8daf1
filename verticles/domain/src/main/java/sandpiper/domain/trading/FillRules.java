package sandpiper.domain.trading;

import java.math.BigDecimal;

/// How the simulated venue of a session fills orders.
///
/// @param limits when limit orders that wait are filled; of order books the queue says so itself
public record FillRules(FillModel model, Slippage slippage, Latency latency, LimitFill limits) {
  /// Whatever the source gives fills, at its own price, at once.
  public static final FillRules STANDARD =
      new FillRules(FillModel.ANY, new Slippage.None(), new Latency.Fixed(0), LimitFill.TOUCH);

  private static final BigDecimal LEAST_PERCENT = new BigDecimal("0.05");
  private static final long LEAST_MICROS = 100_000;

  /// With limit orders that fill when they are touched.
  ///
  /// @throws IllegalArgumentException naming what is wrong and what is allowed
  public static FillRules parse(String model, String slippage, String latency) {
    return parse(model, slippage, latency, LimitFill.TOUCH.text());
  }

  /// @throws IllegalArgumentException naming what is wrong and what is allowed
  public static FillRules parse(String model, String slippage, String latency, String limits) {
    return new FillRules(
        FillModel.parse(model),
        Slippage.parse(slippage),
        Latency.parse(latency),
        LimitFill.parse(limits));
  }

  /// The same model as kindly as it can be taken: no slippage, no latency, a touch fills.
  public FillRules optimistic() {
    return new FillRules(model, new Slippage.None(), new Latency.Fixed(0), LimitFill.TOUCH);
  }

  /// The same model with twice the slippage (at least 0.05 %) and twice the latency (at least 100
  /// ms); only what goes through a limit fills it.
  public FillRules pessimistic() {
    return new FillRules(
        model,
        slippage.doubled(LEAST_PERCENT),
        latency.doubled(LEAST_MICROS),
        model == FillModel.BOOK ? LimitFill.TOUCH : LimitFill.THROUGH);
  }

  public FillRules {
    if (model == FillModel.BOOK && limits == LimitFill.THROUGH) {
      throw new IllegalArgumentException(
          "limit fill through is for bars, trades and quotes: in an order book the queue says what"
              + " fills; was through");
    }
    if (model == FillModel.BOOK && slippage instanceof Slippage.VolumeShare) {
      throw new IllegalArgumentException(
          "slippage by volume share is for bars, trades and quotes: an order book says itself how"
              + " much there is at which price; was "
              + slippage);
    }
  }

  /// Such as `bar, slippage none, latency 50ms, limits through`.
  @Override
  public String toString() {
    return model.text()
        + ", slippage "
        + slippage
        + ", latency "
        + latency
        + (limits == LimitFill.TOUCH ? "" : ", limits " + limits.text());
  }
}
