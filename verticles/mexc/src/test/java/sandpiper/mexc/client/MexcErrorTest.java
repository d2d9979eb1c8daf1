package sandpiper.mexc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.domain.journal.Side;

class MexcErrorTest {
  /// Codes of the exchange's documentation.
  @ParameterizedTest
  @CsvSource({
    "700003, CLOCK",
    "10073, CLOCK",
    "10072, ACCESS",
    "700002, ACCESS",
    "700007, ACCESS",
    "10007, SYMBOL",
    "-1121, SYMBOL",
    "30002, SIZE",
    "30029, SIZE",
    "30004, FUNDS",
    "10101, FUNDS",
    "30018, ORDER_TYPE",
    "-2011, UNKNOWN_ORDER",
    "33333, REQUEST",
    "429, BUSY",
    "503, SERVER",
    "730708, LISTEN_KEY",
    "513, CLOCK",
    "602, ACCESS",
    "703, ACCESS",
    "1001, SYMBOL",
    "2011, SIZE",
    "2005, FUNDS",
    "2009, FUNDS",
    "2040, UNKNOWN_ORDER",
    "600, REQUEST",
    "510, BUSY",
    "501, SERVER",
    "987654, OTHER"
  })
  void aCodeSaysWhatKindItIs(int code, MexcError kind) {
    assertThat(MexcError.of(code)).isEqualTo(kind);
  }

  @Test
  void whatTheExchangeSaysIsOneLineAndNotTooLong() {
    var failure = new MexcException(MexcError.OTHER, "a\r\nb" + "x".repeat(1_000));
    assertThat(failure.getMessage()).startsWith("a bx").hasSize(301).endsWith("…");
  }

  @Test
  void aSecretIsNotShown() {
    assertThat(new Credentials("key-1", "secret-1").toString())
        .doesNotContain("key-1")
        .doesNotContain("secret-1");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://x, ws://y, the address of REST must be http:// or https:// and a host",
    "https://x/api, ws://y, must have no path",
    "https://x, https://y, the address of the streams must be ws:// or wss:// and a host",
    "https://u:p@x, ws://y, without user and query",
    "https://x y, ws://y, is no address"
  })
  void addressesAreChecked(String rest, String streams, String message) {
    assertThatThrownBy(() -> MexcConfig.of(rest, streams))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void limitsAndTimesAreChecked() {
    assertThatThrownBy(() -> new MexcLimits(0, 1, 1, 1))
        .hasMessage("requests a second must be from 0.1 to 1000, was 0.0");
    assertThatThrownBy(() -> new FuturesLimits(1, 1, 0))
        .hasMessage("details a second must be from 0.1 to 1000, was 0.0");
    assertThatThrownBy(() -> FuturesConfig.of("https://x/api", "ws://y"))
        .hasMessageContaining("must have no path");
    assertThatThrownBy(() -> StreamTiming.STANDARD.withSilent(Duration.ZERO))
        .hasMessage("silent must be at least 1 ms, was PT0S");
  }

  @Test
  void anOrderHasWhatItsTypeNeeds() {
    var one = BigDecimal.ONE;
    assertThatThrownBy(
            () -> NewSpotOrder.priced("X", Side.BUY, SpotOrderType.MARKET, one, one, "id"))
        .hasMessageContaining("a quantity or a cost");
    assertThatThrownBy(() -> NewSpotOrder.market("X", Side.BUY, one, "ord_1.2"))
        .hasMessage("a client id must be 1 to 32 of A-Z, a-z, 0-9, '_' and '-', was 'ord_1.2'");
    assertThatThrownBy(() -> NewSpotOrder.marketByCost("X", Side.BUY, one.negate(), "id"))
        .hasMessage("cost must be above zero, was -1");
  }

  @Test
  void aFifthStatusIsTheEndOfAnOrder() {
    assertThat(SpotOrderStatus.of(5)).isEqualTo(SpotOrderStatus.PARTIALLY_CANCELED);
    assertThat(SpotOrderStatus.of(5).isFinal()).isTrue();
    assertThat(SpotOrderStatus.of(3).isFinal()).isFalse();
    assertThat(SpotOrderStatus.of(77)).isEqualTo(SpotOrderStatus.UNKNOWN);
    assertThat(SpotOrderStatus.of("RESTING")).isEqualTo(SpotOrderStatus.UNKNOWN);
    assertThat(SpotOrderStatus.UNKNOWN.isFinal()).isFalse();
  }
}
