package sandpiper.domain.trading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What risk says to an order.
public sealed interface Verdict {
  record Passed() implements Verdict {}

  /// @param rule name of the rule that refused
  /// @param reason the limit and the value, for people
  /// @param limit null where the rule has no number
  /// @param value likewise
  record Refused(String rule, String reason, @Nullable BigDecimal limit, @Nullable BigDecimal value)
      implements Verdict {
    Refused(String rule, String reason) {
      this(rule, reason, null, null);
    }
  }

  Verdict PASSED = new Passed();
}
