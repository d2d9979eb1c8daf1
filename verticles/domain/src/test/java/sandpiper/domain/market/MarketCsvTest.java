package sandpiper.domain.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarketCsvTest {
  static Stream<Object[]> rows() {
    var bids = new Levels(new double[] {0.1 + 0.2, 7}, new double[] {1e-9, 0});
    var minute = Interval.parse("1m");
    return Stream.of(
        new Object[] {
          new Trade("A", 1_385_424_000_000_001L, 851.07, 3), "1385424000000001,851.07,3\n"
        },
        new Object[] {
          new Quote("A", 5, 0.30000000000000004, 1e10, 2.5, 0),
          "5,0.30000000000000004,10000000000,2.5,0\n"
        },
        new Object[] {
          new BookSnapshot("A", 6, 9, bids, Levels.NONE),
          "6,,9,0.30000000000000004:0.000000001 7:0,\n"
        },
        new Object[] {
          new BookUpdate("A", 6, 8, 9, Levels.NONE, bids),
          "6,8,9,,0.30000000000000004:0.000000001 7:0\n"
        },
        new Object[] {
          new Bar("A", minute, 60_000_000, 1, 2, 0.5, 1.5, 0), "60000,1,2,0.5,1.5,0\n"
        });
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aRowHasEveryDigitAndNoExponent(MarketEvent event, String line) {
    var text = new StringBuilder();
    MarketCsv.append(text, event);
    assertThat(text).hasToString(line);
  }

  @Test
  void aRowHasAsManyColumnsAsItsHeader() {
    rows()
        .forEach(row -> {
          var header =
              MarketCsv.header(Objects.requireNonNull(MarketStream.of((MarketEvent) row[0])));
          assertThat(((String) row[1]).chars().filter(c -> c == ',').count())
              .isEqualTo(header.chars().filter(c -> c == ',').count());
        });
  }
}
