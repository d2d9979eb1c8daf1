package sandpiper.domain.trading;

/// How the simulated venue of a session fills orders.
public record FillRules(FillModel model, Slippage slippage, Latency latency) {
  /// Whatever the source gives fills, at its own price, at once.
  public static final FillRules STANDARD =
      new FillRules(FillModel.ANY, new Slippage.None(), new Latency.Fixed(0));

  /// @throws IllegalArgumentException naming what is wrong and what is allowed
  public static FillRules parse(String model, String slippage, String latency) {
    return new FillRules(FillModel.parse(model), Slippage.parse(slippage), Latency.parse(latency));
  }

  public FillRules {
    if (model == FillModel.BOOK && slippage instanceof Slippage.VolumeShare) {
      throw new IllegalArgumentException(
          "slippage by volume share is for bars, trades and quotes: an order book says itself how"
              + " much there is at which price; was "
              + slippage);
    }
  }

  /// Such as `book, slippage none, latency 50ms`.
  @Override
  public String toString() {
    return model.text() + ", slippage " + slippage + ", latency " + latency;
  }
}
