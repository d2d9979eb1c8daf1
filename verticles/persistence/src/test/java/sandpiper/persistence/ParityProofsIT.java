package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.failureOf;
import static sandpiper.persistence.Waiting.series;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Messages.CloseBasis;
import sandpiper.bus.Messages.FindBasis;
import sandpiper.bus.Messages.FoundBasis;
import sandpiper.bus.Messages.PlanBasis;
import sandpiper.bus.Messages.SessionBasis;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.CostBasis;
import sandpiper.domain.trading.RiskLimits;

/// What it takes to run a session again, in a real PostgreSQL.
@ExtendWith(SharedDatabase.class)
class ParityProofsIT {
  private final Example example = new Example();
  private final Records records;
  private final ParityProofs proofs;

  ParityProofsIT(Database database) {
    records = new Records(database.pool(), series(database));
    proofs = new ParityProofs(database.pool(), Waiting.writes(database));
  }

  @BeforeEach
  void openSession() throws Exception {
    await(records.write(example.state(SessionStatus.RUNNING)));
  }

  private SessionBasis basis() {
    var cent = new BigDecimal("0.01");
    return new SessionBasis(
        example.sessionId,
        SessionMode.PAPER,
        7,
        List.of("BTCUSD"),
        List.of(new Instrument("BTCUSD", "BTC", "USD", cent, cent, BigDecimal.ONE, cent, cent)),
        new BigDecimal("1000.5"),
        List.of(
            new PlanBasis("a-2", "a", "hash", Map.of("n", 3, "x", 0.25), Interval.parse("5m")),
            new PlanBasis("b", "b", "other", Map.of(), null)),
        "any",
        "fixed:0.5",
        "50ms",
        "touch",
        RiskLimits.parse(
            Map.of("leverage", "2", "daily-loss", "500:cancel", "losing-streak", "4:60:block")),
        new AccountRules(CostBasis.FIFO, null, "USD"));
  }

  private FoundBasis find() throws Exception {
    return await(proofs.find(new FindBasis(example.sessionId)));
  }

  @Test
  void whatASessionBeganWithComesBackAsItWas() throws Exception {
    await(proofs.write(basis()));
    assertThat(failureOf(proofs.find(new FindBasis(example.sessionId))))
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "session %s is running: it can be run again once it has ended", example.sessionId);
    await(proofs.close(new CloseBasis(example.sessionId, 41)));
    await(records.write(example.state(SessionStatus.STOPPED)));

    assertThat(find()).isEqualTo(new FoundBasis(basis(), 41L, Map.of(), null, null, null));
  }

  @Test
  void aSessionThatFailedIsComparedUpToItsLastInput() throws Exception {
    await(proofs.write(basis()));
    await(proofs.close(new CloseBasis(example.sessionId, 41)));
    await(records.write(example.state(SessionStatus.FAILED)));

    var found = find();

    assertThat(found.interventionSeq()).isEqualTo(42);
    assertThat(found.intervention()).isEqualTo("the session failed");
  }

  @Test
  void aSessionThatIsNotKnownIsRefused() throws Exception {
    assertThat(failureOf(proofs.find(new FindBasis("pp_nobody"))))
        .isInstanceOf(Refusal.class)
        .hasMessage("unknown session 'pp_nobody'");
  }
}
