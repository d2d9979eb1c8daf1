package sandpiper.strategies;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import sandpiper.bus.Refusal;

/// What names, sources and authors of strategies may be.
final class Limits {
  /// Of a source, in bytes of UTF-8.
  static final int SOURCE_BYTES = 256 * 1024;

  private static final int AUTHOR_CHARACTERS = 64;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  private Limits() {}

  static boolean allowsName(String name) {
    return NAME.matcher(name).matches();
  }

  /// @throws Refusal naming what is allowed
  static void checkName(String name) {
    if (!allowsName(name)) {
      throw Refusal.invalid(
          "the name of a strategy must be 1 to 64 of a-z, 0-9 and '-', beginning with a letter, was '"
              + name
              + "'");
    }
  }

  /// @throws Refusal naming what is allowed
  static void checkSource(String source) {
    if (source.isBlank()) {
      throw Refusal.invalid("source must not be empty");
    }
    if (source.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(source)) {
      throw Refusal.invalid(
          "source must be text, without the character 0 and without half a surrogate pair");
    }
    checkSize(source.getBytes(StandardCharsets.UTF_8).length);
  }

  /// @param bytes of UTF-8
  static void checkSize(long bytes) {
    if (bytes > SOURCE_BYTES) {
      throw Refusal.invalid(
          "source must be at most " + SOURCE_BYTES + " bytes (256 KB), was " + bytes);
    }
  }

  /// @throws Refusal naming what is allowed
  static void checkAuthor(String author) {
    if (author.isBlank()
        || author.codePointCount(0, author.length()) > AUTHOR_CHARACTERS
        || !author.codePoints().allMatch(Limits::isPrintable)) {
      throw Refusal.invalid("author must be 1 to 64 printable characters, was '" + author + "'");
    }
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
