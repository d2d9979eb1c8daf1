package sandpiper.domain.market;

/// The clock passed the end of a bar; from now on strategies may see it.
public record BarClosed(Bar bar) implements MarketEvent {
  @Override
  public String symbol() {
    return bar.symbol();
  }

  @Override
  public long time() {
    return bar.closeTime();
  }
}
