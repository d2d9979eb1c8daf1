package sandpiper.domain.trading;

/// What risk says to an order.
public sealed interface Verdict {
  record Passed() implements Verdict {}

  /// @param rule name of the rule that refused
  /// @param reason the limit and the value, for people
  record Refused(String rule, String reason) implements Verdict {}

  Verdict PASSED = new Passed();
}
