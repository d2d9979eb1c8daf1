package sandpiper.domain.indicators;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Trade;

/// Which number of a bar or trade feeds an indicator.
enum Field {
  OPEN,
  HIGH,
  LOW,
  CLOSE,
  VOLUME,
  HL2,
  HLC3,
  OHLC4,
  PRICE,
  AMOUNT;

  /// Those that a bar has.
  static final List<Field> OF_BARS = Arrays.stream(values()).filter(Field::isOfBars).toList();

  static Field of(String name, boolean ofBars) {
    for (var field : values()) {
      if (field.text().equals(name) && field.isOfBars() == ofBars) {
        return field;
      }
    }
    throw new IllegalArgumentException(
        "field must be one of "
            + Arrays.stream(values())
                .filter(f -> f.isOfBars() == ofBars)
                .map(Field::text)
                .collect(Collectors.joining(", "))
            + " of a stream of "
            + (ofBars ? "bars" : "trades")
            + ", was '"
            + name
            + "'");
  }

  double of(Bar bar) {
    return switch (this) {
      case OPEN -> bar.open();
      case HIGH -> bar.high();
      case LOW -> bar.low();
      case CLOSE -> bar.close();
      case VOLUME -> bar.volume();
      case HL2 -> (bar.high() + bar.low()) / 2;
      case HLC3 -> (bar.high() + bar.low() + bar.close()) / 3;
      case OHLC4 -> (bar.open() + bar.high() + bar.low() + bar.close()) / 4;
      case PRICE, AMOUNT -> throw new IllegalStateException(text() + " is not of a bar");
    };
  }

  double of(Trade trade) {
    return this == AMOUNT ? trade.amount() : trade.price();
  }

  private boolean isOfBars() {
    return this != PRICE && this != AMOUNT;
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
