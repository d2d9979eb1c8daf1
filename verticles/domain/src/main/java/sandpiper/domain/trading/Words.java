package sandpiper.domain.trading;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;

/// Constants as people write them: in lower case.
public final class Words {
  private Words() {}

  static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// @param what the constant is, for the message
  /// @throws IllegalArgumentException naming what is allowed
  public static <E extends Enum<E>> E parse(E[] constants, String what, String text) {
    for (var constant : constants) {
      if (text(constant).equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        what
            + " must be one of "
            + Arrays.stream(constants).map(Words::text).collect(joining(", "))
            + ", was '"
            + text
            + "'");
  }
}
