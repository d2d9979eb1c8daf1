package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  private static double decimal(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return Numbers.decimal(bytes, 0, bytes.length);
  }

  @Test
  void randomDecimalsReadAsTheJdkReadsThemSeed42() {
    var random = new Random(42);
    for (int i = 0; i < 200_000; i++) {
      var text =
          switch (random.nextInt(3)) {
            case 0 -> Long.toString(random.nextLong() >>> random.nextInt(64));
            case 1 ->
                random.nextInt(1_000_000) + "." + (random.nextLong() >>> (1 + random.nextInt(62)));
            default -> Double.toString(random.nextDouble() * Math.pow(10, random.nextInt(40) - 20));
          };
      assertThat(decimal(text)).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "0", "0.1", "12.", "1e3", "-1.5", "9007199254740993", "0.060000000000000005"})
  void decimalsReadAsTheJdkReadsThem(String text) {
    assertThat(decimal(text)).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "abc",
        "1.2.3",
        "NaN",
        "Infinity",
        "0x1p3",
        "1f",
        "1d",
        "1 2",
        "--1",
        "e5"
      })
  void whatIsNoDecimalIsNaN(String text) {
    assertThat(decimal(text)).isNaN();
  }
}
