package sandpiper.strategies.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.strategies.Budget;

/// A child whose platform dies.
class ChildMainTest {
  private static final String ENDLESS = "for (;;) {}";

  @Test
  void itEndsWithThePlatformEvenInTheMiddleOfAScript() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(60_000);
      var child =
          new ProcessBuilder(
                  java, "-cp", System.getProperty("java.class.path"), ChildMain.class.getName())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        var line = server.getLocalPort() + " word\n";
        child.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
        child.getOutputStream().flush();
        try (var socket = server.accept()) {
          assertThat(socket.getInputStream().readNBytes(4))
              .asString(StandardCharsets.US_ASCII)
              .isEqualTo("word");
          var wire = new Wire(socket);
          wire.write(new ToChild.Setup(Budget.LIVE, Budget.BACKTEST));
          wire.write(endless());
          // It neither answers nor ends by itself.
          assertThat(child.waitFor(3, TimeUnit.SECONDS)).isFalse();
          assertThat(socket.getInputStream().available()).isZero();
          child.getOutputStream().close();
          assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
      } finally {
        child.destroyForcibly();
      }
    }
  }

  private static ToChild endless() {
    var one = BigDecimal.ONE;
    var instrument =
        new Instrument("BTCUSD", one, one, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    var plan = new StrategyPlan("s", "s", "v1", Map.of(), List.of(), List.of());
    var spec =
        new SessionSpec(
            "pp_0000000000000001", SessionMode.PAPER, List.of(instrument), one, List.of(plan), 0);
    return new ToChild.Begin(spec, List.of(new ToChild.Source("s", ENDLESS)), new Account(1, 1, 1));
  }
}
