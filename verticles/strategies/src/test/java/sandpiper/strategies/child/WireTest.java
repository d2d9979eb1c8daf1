package sandpiper.strategies.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.journal.Bracket;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.Trail;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.Account;

/// What goes in at one end comes out at the other, and nothing else does.
class WireTest {
  private static final String SESSION = "pp_0000000000000001";

  private ServerSocket server;
  private Socket here;
  private Socket there;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    here = new Socket(server.getInetAddress(), server.getLocalPort());
    there = server.accept();
  }

  @AfterEach
  void disconnect() throws IOException {
    here.close();
    there.close();
    server.close();
  }

  @Test
  void numbersArriveAsTheyWere() throws IOException {
    var values =
        new double[] {
          Double.NaN, 0.1 + 0.2, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.NEGATIVE_INFINITY
        };
    var bar = new Bar("BTCUSD", Interval.parse("1m"), 60_000_000, 1.1, 1.3, 1, 1.2, 0.7);
    var place =
        new PlaceOrder(
            SESSION,
            "ord_1",
            "sig_1",
            "s",
            "BTCUSD",
            Side.BUY,
            OrderType.LIMIT,
            new BigDecimal("0.10"),
            new BigDecimal("1E+3"));
    var order = sandpiper.domain.journal.Order.first(place, OrderStatus.WORKING, 7, 8);
    new Wire(here)
        .write(
            new ToChild.Input(
                7,
                8,
                new BarClosed(bar),
                values,
                List.of(new OrderAccepted(order, 7, 8)),
                new Account(1, 2, 3)));
    var read = (ToChild.Input) new Wire(there).read(ToChild.class);
    assertThat(read.values()).containsExactly(values);
    assertThat(Double.doubleToRawLongBits(read.values()[2]))
        .isEqualTo(Double.doubleToRawLongBits(-0.0));
    assertThat(read.event()).isEqualTo(new BarClosed(bar));
    // BigDecimal.equals compares the scale as well.
    assertThat(read.events()).containsExactly(new OrderAccepted(order, 7, 8));
    assertThat(read.account()).isEqualTo(new Account(1, 2, 3));
  }

  @Test
  void actionsKeepTheirKind() throws IOException {
    var submit =
        new FromChild.Submit(
            List.of(
                new Signal(
                    SESSION, "sig_1", 1, 2, "s", "BTCUSD", "long", "", Map.of("x", 0.1), null),
                new Metric(SESSION, 1, 2, 1, "s", "speed", Double.POSITIVE_INFINITY),
                new CancelOrder(SESSION, "ord_1", "s")));
    new Wire(here).write(submit);
    assertThat(new Wire(there).read(FromChild.class)).isEqualTo(submit);
  }

  @Test
  void exitsKeepTheirKind() throws IOException {
    var one = BigDecimal.ONE;
    var stop = new Bracket.Exit("ord_2", new Trail(one, null));
    for (var price :
        List.of(
            new ExitPrice.At(one),
            new ExitPrice.Percent(one),
            new ExitPrice.Offset(one),
            new ExitPrice.Multiple(one))) {
      var bracket = new Bracket(stop, new Bracket.Exit("ord_3", price));
      var place =
          new PlaceOrder(
              SESSION,
              "ord_1",
              "sig_1",
              "s",
              "BTCUSD",
              Side.BUY,
              OrderType.MARKET,
              one,
              null,
              OrderTerms.NONE,
              bracket);
      var submit = new FromChild.Submit(List.of(place));
      new Wire(here).write(submit);
      assertThat(new Wire(there).read(FromChild.class)).isEqualTo(submit);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'@':'java.lang.ProcessBuilder','command':['true']}",
        "{'@':'Input','seq':1}",
        "{'@':'Broken'}",
        "{'@':'Broken','message':null}",
        "{'@':'Broken','message':'x','more':1}",
        "{'@':'Broken','message':'x'} {}",
        "{'@':'Submit','actions':[null]}",
        "{'@':'Submit','actions':[{'@':'Order'}]}",
        "{'@':'Submit','actions':[{'@':'CancelOrder','sessionId':'pp_1','orderId':'ord_1'}]}",
        "[]",
        "nonsense"
      })
  void nothingElseIsRead(String message) throws IOException {
    send(message.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> new Wire(there).read(FromChild.class)).isInstanceOf(IOException.class);
  }

  @Test
  void aFrameHasALimit() throws IOException {
    var out = new DataOutputStream(here.getOutputStream());
    out.writeInt(Wire.MAX_FRAME + 1);
    assertThatThrownBy(() -> new Wire(there).read(FromChild.class))
        .isInstanceOf(IOException.class)
        .hasMessage("a message of 16777217 bytes, 0 to 16777216 are allowed");
    assertThatThrownBy(() -> new Wire(here).write(new FromChild.Broken("x".repeat(Wire.MAX_FRAME))))
        .isInstanceOf(IOException.class);
  }

  private void send(byte[] body) throws IOException {
    var out = new DataOutputStream(here.getOutputStream());
    out.writeInt(body.length);
    out.write(body);
  }
}
