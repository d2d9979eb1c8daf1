package sandpiper.app.tearsheet;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.DoubleFunction;
import sandpiper.domain.metrics.Figure;

/// Numbers and times as people read them; and any text as HTML that shows it and does nothing else.
final class Words {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

  /// Keeps the number and its sign on one line.
  private static final String NARROW = "\u00a0%";

  private Words() {}

  static String escape(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(Character.isISOControl(c) ? ' ' : c);
      }
    }
    return escaped.toString();
  }

  /// With as many digits after the point as its size lets one see.
  static String money(double value) {
    double size = Math.abs(value);
    int digits = size >= 100_000 ? 0 : size >= 1 || size == 0 ? 2 : size >= 0.01 ? 4 : 6;
    return number(value, digits);
  }

  static String money(BigDecimal value) {
    return money(value.doubleValue());
  }

  /// `1,234,000` as `1.234M`, for axes.
  static String shortMoney(double value) {
    double size = Math.abs(value);
    if (size >= 1e9) {
      return trimmed(value / 1e9) + "B";
    }
    if (size >= 1e6) {
      return trimmed(value / 1e6) + "M";
    }
    if (size >= 1e4) {
      return trimmed(value / 1e3) + "k";
    }
    return size >= 1e3 && value == Math.rint(value) ? number(value, 0) : trimmed(value);
  }

  /// @param share 0.01 is 1 %
  static String percent(double share) {
    double size = Math.abs(share);
    return number(share * 100, size >= 10 ? 0 : size >= 0.001 || size == 0 ? 2 : 4) + NARROW;
  }

  static String shortPercent(double share) {
    return trimmed(share * 100) + NARROW;
  }

  static String ratio(double value) {
    return number(value, Math.abs(value) >= 1_000 ? 0 : 2);
  }

  /// The two largest units.
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3_600) {
      return pair(whole / 60, "min", whole % 60, "s");
    }
    return whole < 86_400
        ? pair(whole / 3_600, "h", whole % 3_600 / 60, "min")
        : pair(whole / 86_400, "d", whole % 86_400 / 3_600, "h");
  }

  static String days(double days) {
    return duration(days * 86_400);
  }

  /// @param micros UTC microseconds
  static String date(long micros) {
    return utc(micros).format(DATE);
  }

  static String dateTime(long micros) {
    return utc(micros).format(DATE_TIME);
  }

  static LocalDateTime utc(long micros) {
    return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
  }

  /// As HTML; what has no value is a dash with its reason.
  static String figure(Figure figure, DoubleFunction<String> format) {
    var value = figure.value();
    return value == null
        ? "<span class=\"none\">– <small>"
            + escape(String.valueOf(figure.reason()))
            + "</small></span>"
        : format.apply(value);
  }

  static String percent(Figure figure) {
    return figure(figure, Words::percent);
  }

  static String ratio(Figure figure) {
    return figure(figure, Words::ratio);
  }

  static String money(Figure figure) {
    return figure(figure, Words::money);
  }

  /// As HTML, in the colour of a gain or a loss.
  static String signed(Figure figure, DoubleFunction<String> format) {
    return figure(figure, value -> signed(value, format.apply(value)));
  }

  static String signed(double value, String text) {
    var kind = value < 0 ? "loss" : value > 0 ? "gain" : "";
    return "<span class=\"" + kind + "\">" + text + "</span>";
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  static String number(double value, int digits) {
    var text = String.format(Locale.ROOT, "%,." + digits + "f", value);
    return isZero(text) ? text.replace("-", "") : text.replace('-', '−');
  }

  /// Without zeros at the end.
  static String trimmed(double value) {
    var text = String.format(Locale.ROOT, "%.6f", value);
    text = text.replaceAll("0+$", "").replaceAll("\\.$", "");
    return isZero(text) ? "0" : text.replace('-', '−');
  }

  private static boolean isZero(String text) {
    return text.chars().noneMatch(c -> c >= '1' && c <= '9');
  }

  private static String pair(long large, String unit, long small, String smaller) {
    return large + " " + unit + (small == 0 || large >= 100 ? "" : " " + small + " " + smaller);
  }
}
