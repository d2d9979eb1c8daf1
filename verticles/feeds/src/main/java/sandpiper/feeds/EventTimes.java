package sandpiper.feeds;

/// The times in a column of a file, never going back. How many digits the first one has tells their
/// unit.
final class EventTimes {
  private final int column;
  private int digits;
  private long last = Long.MIN_VALUE;

  EventTimes(int column) {
    this.column = column;
  }

  /// UTC microseconds of a row anywhere in the file; negative when it has none.
  long glance(CsvRows row) {
    long unit = unit(row.length(column));
    return unit == 0 ? -1 : unit * row.whole(column);
  }

  /// UTC microseconds of the next row.
  long of(CsvRows row) throws BadRow {
    long value = row.whole(column);
    int length = row.length(column);
    if (value < 0 || unit(length) == 0) {
      throw new BadRow(
          "time must be 10 digits (seconds), 13 (milliseconds) or 16 (microseconds), was "
              + row.quoted(column));
    }
    if (digits == 0) {
      digits = length;
    } else if (digits != length) {
      throw new BadRow("time must have " + digits + " digits as before, was " + row.quoted(column));
    }
    long time = value * unit(length);
    if (time < last) {
      throw new BadRow("time must not go back, was " + value + " after " + last / unit(length));
    }
    last = time;
    return time;
  }

  /// Microseconds; zero when no unit has times of that length.
  private static long unit(int length) {
    return switch (length) {
      case 10 -> 1_000_000;
      case 13 -> 1_000;
      case 16 -> 1;
      default -> 0;
    };
  }
}
