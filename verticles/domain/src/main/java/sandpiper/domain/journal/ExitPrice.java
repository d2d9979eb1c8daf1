package sandpiper.domain.journal;

import java.math.BigDecimal;

/// How the exit of a bracket finds its price once the entry has filled. Distances are measured from
/// the entry's average price and are above zero.
public sealed interface ExitPrice
    permits ExitPrice.At, ExitPrice.Percent, ExitPrice.Offset, ExitPrice.Multiple, Trail {
  /// @param price already rounded to the tick
  record At(BigDecimal price) implements ExitPrice {}

  /// @param percent of the entry's average price
  record Percent(BigDecimal percent) implements ExitPrice {}

  /// @param offset in quote currency
  record Offset(BigDecimal offset) implements ExitPrice {}

  /// @param r times the distance from the entry to its stop
  record Multiple(BigDecimal r) implements ExitPrice {}
}
