package sandpiper.mexc.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the fields of an answer. Fields that are not known are passed over, numbers may be texts
/// and texts numbers: the exchange has changed its mind about that before.
record Row(JsonObject json) {
  /// @throws MexcException when it is no object
  static Row of(@Nullable Object value, String what) {
    if (value instanceof JsonObject object) {
      return new Row(object);
    }
    throw unreadable(what + " is no object");
  }

  /// @throws MexcException when it is no array, or one of something else
  static List<Row> list(@Nullable Object value, String what) {
    if (!(value instanceof JsonArray array)) {
      throw unreadable(what + " is no list");
    }
    var rows = new ArrayList<Row>(array.size());
    for (int i = 0; i < array.size(); i++) {
      rows.add(of(array.getValue(i), what));
    }
    return rows;
  }

  static MexcException unreadable(String why) {
    return new MexcException(MexcError.SERVER, "MEXC's answer cannot be read: " + why);
  }

  static BigDecimal decimal(@Nullable Object value, String what) {
    try {
      return new BigDecimal(String.valueOf(value));
    } catch (NumberFormatException _) {
      throw unreadable(what + " is no number: " + value);
    }
  }

  static long whole(@Nullable Object value, String what) {
    try {
      return value instanceof Number number
          ? number.longValue()
          : Long.parseLong(String.valueOf(value));
    } catch (NumberFormatException _) {
      throw unreadable(what + " is no whole number: " + value);
    }
  }

  boolean has(String name) {
    return json.getValue(name) != null;
  }

  String text(String name) {
    var value = json.getValue(name);
    if (value == null) {
      throw unreadable(name + " is missing");
    }
    return value.toString();
  }

  /// Null when it is missing or empty.
  @Nullable String textOrNull(String name) {
    var value = json.getValue(name);
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }

  BigDecimal decimal(String name) {
    return decimal(json.getValue(name), name);
  }

  /// Zero when it is missing or empty.
  BigDecimal decimalOrZero(String name) {
    return textOrNull(name) == null ? BigDecimal.ZERO : decimal(name);
  }

  long whole(String name) {
    return whole(json.getValue(name), name);
  }

  /// Zero when it is missing.
  long wholeOrZero(String name) {
    return textOrNull(name) == null ? 0 : whole(name);
  }

  boolean is(String name) {
    return Boolean.parseBoolean(String.valueOf(json.getValue(name)));
  }

  List<String> texts(String name) {
    return json.getValue(name) instanceof JsonArray array
        ? array.stream().map(String::valueOf).toList()
        : List.of();
  }
}
