package sandpiper.domain.journal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How the exit of a bracket finds its price once the entry has filled. Distances are measured from
/// the entry's average price and are above zero.
public sealed interface ExitPrice {
  /// @param price already rounded to the tick
  record At(BigDecimal price) implements ExitPrice {}

  /// @param percent of the entry's average price
  record Percent(BigDecimal percent) implements ExitPrice {}

  /// @param offset in quote currency
  record Offset(BigDecimal offset) implements ExitPrice {}

  /// @param r times the distance from the entry to its stop
  record Multiple(BigDecimal r) implements ExitPrice {}

  /// A stop that trails; one of the two is null.
  ///
  /// @param offset in quote currency
  /// @param percent of the best price
  record Trail(@Nullable BigDecimal offset, @Nullable BigDecimal percent) implements ExitPrice {}
}
