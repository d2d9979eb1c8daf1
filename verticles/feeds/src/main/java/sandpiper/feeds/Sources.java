package sandpiper.feeds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads which source has which symbol's data.
final class Sources {
  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9._-]{1,32})=(.*)");

  private Sources() {}

  /// @param data as given, in one text or several: a source for the only symbol, or
  ///   `SYMBOL=source`, with commas between, for every one
  /// @param symbols of the session, at least one, all different
  /// @return for each of `symbols`, in their order, its source
  /// @throws DataException when a symbol has no source, or one that is not in the session has
  static List<String> of(List<String> data, List<String> symbols) {
    var text = String.join(",", data);
    var parts = List.of(text.split(",", -1)).stream().map(String::strip).toList();
    if (data.size() == 1 && parts.stream().noneMatch(part -> NAMED.matcher(part).matches())) {
      return List.of(only(text, symbols));
    }
    var sources = new HashMap<String, String>();
    for (var part : parts) {
      add(sources, part, symbols, text);
    }
    return inOrder(sources, symbols, text);
  }

  private static String only(String text, List<String> symbols) {
    if (text.isBlank()) {
      throw new DataException("data must be demo or the path of a file, was '" + text + "'");
    }
    if (symbols.size() > 1) {
      throw new DataException(
          "data must name a source for each of "
              + String.join(", ", symbols)
              + ", such as "
              + symbols.getFirst()
              + "=FILE, was '"
              + text
              + "'");
    }
    return text;
  }

  private static void add(
      Map<String, String> sources, String part, List<String> symbols, String text) {
    var named = NAMED.matcher(part);
    if (!named.matches() || named.group(2).isBlank()) {
      throw new DataException(
          "each part of data must be SYMBOL=FILE, was '" + part + "' in '" + text + "'");
    }
    var symbol = named.group(1);
    var source = named.group(2).strip();
    if (!symbols.contains(symbol)) {
      throw new DataException(
          "data must be for symbols of the session, "
              + String.join(", ", symbols)
              + ", was for '"
              + symbol
              + "'");
    }
    var before = sources.put(symbol, source);
    if (before != null) {
      throw new DataException(
          "data must name one source for "
              + symbol
              + ", was '"
              + before
              + "' and '"
              + source
              + "'");
    }
  }

  private static List<String> inOrder(
      Map<String, String> sources, List<String> symbols, String text) {
    var ordered = new ArrayList<String>();
    for (var symbol : symbols) {
      var source = sources.get(symbol);
      if (source == null) {
        throw new DataException(
            "data must name a source for each of "
                + String.join(", ", symbols)
                + ", had none for "
                + symbol
                + ", was '"
                + text
                + "'");
      }
      ordered.add(source);
    }
    return ordered;
  }
}
