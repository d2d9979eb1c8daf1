package sandpiper.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Refusal;

/// Where a page of history ended. Opaque to whoever carries it, and good only for the same list of
/// the same session.
final class Cursor {
  private Cursor() {}

  static String after(HistoryQuery query, long entry) {
    var text = list(query) + entry;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /// The entry that the page before ended with; 0 for the first page.
  ///
  /// @throws Refusal when the cursor is not one that this list gave
  static long entry(HistoryQuery query) {
    var cursor = query.cursor();
    if (cursor == null) {
      return 0;
    }
    var text = decode(cursor);
    var list = list(query);
    if (text == null
        || !text.startsWith(list)
        || !text.substring(list.length()).matches("\\d{1,18}")) {
      throw Refusal.invalid(
          "cursor must be the next_cursor of a page of the same list, was '" + cursor + "'");
    }
    return Long.parseLong(text.substring(list.length()));
  }

  private static String list(HistoryQuery query) {
    return query.kind() + " " + query.sessionId() + " ";
  }

  private static @Nullable String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
