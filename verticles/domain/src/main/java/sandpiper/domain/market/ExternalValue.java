package sandpiper.domain.market;

/// A number that a program outside gives to strategies: what it thinks of the market, a forecast, a
/// rate. The venue takes no notice of it.
///
/// @param symbol of the instrument that it is about
/// @param time UTC microseconds: the session's clock when it came
/// @param name under which strategies read it, as [#NAME] says
/// @param value any finite number
public record ExternalValue(String symbol, long time, String name, double value)
    implements MarketEvent {
  /// What a name looks like, as a regular expression.
  public static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}";

  public ExternalValue {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "the name of an external value must be a letter and up to 63 of letters, digits, '-' and"
              + " '_', was '"
              + name
              + "'");
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be a finite number, was " + value);
    }
  }
}
