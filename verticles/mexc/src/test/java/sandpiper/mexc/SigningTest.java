package sandpiper.mexc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The vectors of the exchange's documentation. A third one there, with the input of the second and
/// another signature, is wrong and left out.
class SigningTest {
  private static final String BODY = "quantity=1&price=11&recvWindow=5000&timestamp=1644489390087";

  private final Signing signing = new Signing("45d0b3c26f2644f19bfb98b07741b2f5");

  @Test
  void theQueryAlone() {
    assertThat(signing.sign("symbol=BTCUSDT&side=BUY&type=LIMIT&" + BODY, ""))
        .isEqualTo("fd3e4e8543c5188531eb7279d68ae7d26a573d0fc5ab0d18eb692451654d837a");
  }

  @Test
  void theBodyFollowsTheQueryWithNothingBetween() {
    assertThat(signing.sign("symbol=BTCUSDT&side=BUY&type=LIMIT", BODY))
        .isEqualTo("d1a676610ceb39174c8039b3f548357994b2a34139a8addd33baadba65684592");
  }

  @Test
  void anySignatureButTheRightOneInLowerCaseIsWrong() {
    var right = "d1a676610ceb39174c8039b3f548357994b2a34139a8addd33baadba65684592";
    var query = "symbol=BTCUSDT&side=BUY&type=LIMIT";
    assertThat(signing.verify(query, BODY, right)).isTrue();
    assertThat(signing.verify(query, BODY, right.replace('d', 'D'))).isFalse();
    assertThat(signing.verify(query, BODY, right.replace("d1", "d2"))).isFalse();
    assertThat(signing.verify(query, BODY, "")).isFalse();
    assertThat(signing.verify(query + "&", BODY, right)).isFalse();
  }
}
