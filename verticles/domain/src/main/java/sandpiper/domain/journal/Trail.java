package sandpiper.domain.journal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How far a trailing stop stays behind the best price; one of the two is null.
///
/// @param offset in quote currency
/// @param percent of the best price
public record Trail(@Nullable BigDecimal offset, @Nullable BigDecimal percent)
    implements ExitPrice {
  public Trail {
    if ((offset == null) == (percent == null)) {
      throw new IllegalArgumentException(
          "a trail is an offset or a percentage, was " + offset + " and " + percent);
    }
  }
}
