package sandpiper.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.Samples.NOON;
import static sandpiper.gateway.Samples.SYMBOL;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import sandpiper.gateway.Samples;

class AccountScreenTest {
  private final Recorder recorder = new Recorder();
  private final AccountScreen account =
      new AccountScreen(
          () -> recorder.now, new Outlet(Samples.SESSION, () -> recorder.now, recorder::add));

  @Test
  void aMarkIsPassedOnAsItIs() {
    account.onMarked(Samples.marked(1, NOON, "99.5", "99.5", "0"), List.of());

    assertThat(recorder.data("account"))
        .containsExactly(
            new JsonObject()
                .put("time", NOON)
                .put("cash", "99.5")
                .put("equity", "99.5")
                .put("realised", "0")
                .put("unrealised", "0")
                .put("fees", "1")
                .put("funding", "0")
                .put("balances", new JsonObject().put("USD", "99.5")));
  }

  @Test
  void whileAPositionIsOpenItIsMarkedAtTheLatestPriceToTheLastDigit() {
    hold();
    recorder.passMillis(250);
    account.onPrice(SYMBOL, 100.1, NOON + 5);

    var marked = recorder.data("account").getLast();
    assertThat(marked.getString("equity")).isEqualTo("1000.2");
    assertThat(marked.getString("unrealised")).isEqualTo("0.2");
    assertThat(marked.getString("cash")).isEqualTo("800");
    assertThat(marked.getLong("time")).isEqualTo(NOON + 5);
  }

  @Test
  void atMostFourASecond() {
    hold();
    for (int i = 1; i <= 100; i++) {
      account.onPrice(SYMBOL, 100 + i, NOON + i);
      recorder.passMillis(10);
      account.flush();
    }

    assertThat(recorder.data("account")).hasSizeBetween(4, 5);
    assertThat(recorder.data("account").getLast().getString("equity")).isEqualTo("1200");
  }

  @Test
  void whileNothingIsHeldPricesSayNothing() {
    account.onMarked(Samples.marked(1, NOON, "1000", "1000", "0"), List.of());
    recorder.passMillis(1_000);
    account.onPrice(SYMBOL, 120, NOON + 1);

    assertThat(recorder.data("account")).hasSize(1);
  }

  @Test
  void aPositionWhoseEndWasLostIsForgottenWithTheNextMark() {
    var stale = List.of(Samples.position("pos_1", "2", "200"));
    account.onMarked(Samples.marked(9, NOON, "1001", "1001", "0"), stale);
    recorder.passMillis(1_000);
    account.onPrice(SYMBOL, 120, NOON + 1);

    assertThat(recorder.data("account")).hasSize(1);
  }

  private void hold() {
    account.onMarked(
        Samples.marked(1, NOON, "800", "1000", "0"),
        List.of(Samples.position("pos_1", "2", "200")));
  }
}
