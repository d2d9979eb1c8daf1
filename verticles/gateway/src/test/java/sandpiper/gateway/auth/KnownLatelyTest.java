package sandpiper.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Access.TokenKind;
import sandpiper.gateway.Samples;

/// Who may stop trading while nobody can be looked up.
class KnownLatelyTest {
  private static final Identity ANN =
      new Identity(
          "ann",
          Role.TRADER,
          false,
          "tok_1",
          TokenKind.CLIENT,
          EnumSet.of(Permission.TRADE),
          "hash of ann");

  private long wall = Samples.NOON;
  private long nanos = -5;
  private final KnownLately lately = new KnownLately(() -> wall, () -> nanos);

  @Test
  void forAQuarterOfAnHourWhateverBecomesOfTheClock() {
    lately.add("ann", ANN, null);
    wall -= TimeUnit.HOURS.toMicros(1);
    nanos += TimeUnit.MINUTES.toNanos(15) - 1;
    assertThat(lately.find("ann")).isEqualTo(ANN);
    nanos += 1;
    assertThat(lately.find("ann")).isNull();
  }

  @Test
  void noLongerThanTheTokenIsGood() {
    lately.add("ann", ANN, wall + 1_000);
    assertThat(lately.find("ann")).isEqualTo(ANN);
    wall += 1_000;
    assertThat(lately.find("ann")).isNull();
  }

  @Test
  void notWhoWasTurnedAwayNorWhoWasNeverKnown() {
    lately.add("ann", ANN, null);
    assertThat(lately.find("bob")).isNull();
    lately.remove("ann");
    assertThat(lately.find("ann")).isNull();
    lately.add("ann", ANN, null);
    lately.clear();
    assertThat(lately.find("ann")).isNull();
  }

  @Test
  void aThousandTheLatestOnes() {
    for (int i = 0; i < 1_001; i++) {
      lately.add("token " + i, ANN, null);
    }
    assertThat(lately.find("token 0")).isNull();
    assertThat(lately.find("token 1")).isEqualTo(ANN);
    assertThat(lately.find("token 1000")).isEqualTo(ANN);
  }
}
