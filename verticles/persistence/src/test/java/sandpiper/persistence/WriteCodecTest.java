package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;
import sandpiper.persistence.Table.Insert;

/// What goes into the journal comes out as it was.
class WriteCodecTest {
  private static final Levels BIDS =
      new Levels(new double[] {99.5, 0.1 + 0.2}, new double[] {1, 0});

  @Test
  void everyKindOfMarketEventComesBack() throws Exception {
    var bar = new Bar("BTCUSD", Interval.parse("1m"), 60_000_000, 1, 3, 0.1 + 0.2, 2, 0);
    var events =
        List.<MarketEvent>of(
            bar,
            new BarClosed(bar),
            new Trade("BTCUSD", Long.MAX_VALUE, Double.MIN_VALUE, 0),
            new Quote("ETHUSD", -1, 0.1 + 0.2, 0.4, 5, 0),
            new BookSnapshot("BTCUSD", 7, 8, BIDS, Levels.NONE),
            new BookUpdate("BTCUSD", 7, 8, 9, Levels.NONE, BIDS),
            VenueReport.fill(
                    "BTCUSD",
                    "ord_0000000000000001-1-1",
                    "t",
                    new BigDecimal("0.1"),
                    new BigDecimal("123456789.000000001"),
                    new BigDecimal("-0.3"),
                    true)
                .at(8),
            new ExternalValue("BTCUSD", 7, "mood", -0.0));
    assertThat(events.stream().map(Object::getClass).distinct())
        .as("every kind there is")
        .hasSize(kinds(MarketEvent.class));
    var inputs =
        events.stream().map(event -> new Input("pp_1", 1L << 40, event.time(), event)).toList();
    var write = new Write.Inputs(new InputBatch("pp_1", inputs));

    assertThat(WriteCodec.decode(WriteCodec.encode(write))).isEqualTo(write);
  }

  private static int kinds(Class<?> type) {
    int count = 0;
    for (var each : Objects.requireNonNull(type.getPermittedSubclasses())) {
      count += each.isSealed() ? kinds(each) : 1;
    }
    return count;
  }

  @Test
  void everyKindOfParameterComesBack() throws Exception {
    var parameters =
        Tuple.tuple()
            .addValue(null)
            .addString("Straße\u0001 😀 " + "x".repeat(70_000))
            .addLong(Long.MIN_VALUE)
            .addInteger(-1)
            .addDouble(Double.NaN)
            .addBoolean(true)
            .addLocalDate(LocalDate.of(1969, 12, 31))
            .addBigDecimal(new BigDecimal("-1.500E-30"))
            .addArrayOfString(new String[] {"a", null, ""})
            .addArrayOfLong(new Long[] {1L, null})
            .addArrayOfInteger(new Integer[] {2, null})
            .addArrayOfDouble(new Double[] {0.1 + 0.2, null})
            .addArrayOfBoolean(new Boolean[] {false, null})
            .addArrayOfLocalDate(new LocalDate[] {LocalDate.EPOCH, null});
    var insert = new Insert("table", "insert into table …", parameters);

    var decoded = (Write.Statements) roundTrip(insert);

    assertThat(decoded.sessionId()).isEqualTo("pp_1");
    assertThat(decoded.what()).isEqualTo("what");
    var again = decoded.inserts().getFirst();
    assertThat(again.table()).isEqualTo("table");
    assertThat(again.sql()).isEqualTo("insert into table …");
    requireSame(parameters, again.parameters());
  }

  private static void requireSame(Tuple was, Tuple is) {
    assertThat(is.size()).isEqualTo(was.size());
    for (int i = 0; i < was.size(); i++) {
      var value = was.getValue(i);
      assertThat(is.getValue(i)).isEqualTo(value);
      if (value != null) {
        assertThat(is.getValue(i)).hasSameClassAs(value);
      }
    }
  }

  /// What [Column] may hand over has a form here.
  @Test
  void everyEntryOfAJournalComesBack() throws Exception {
    var example = new Example();
    var inserts = new JournalRows(example.everything()).inserts();
    var decoded =
        (Write.Statements)
            WriteCodec.decode(
                WriteCodec.encode(new Write.Statements(example.sessionId, "all", inserts)));
    assertThat(decoded.inserts()).hasSameSizeAs(inserts);
    for (int i = 0; i < inserts.size(); i++) {
      assertThat(decoded.inserts().get(i).sql()).isEqualTo(inserts.get(i).sql());
      requireSame(inserts.get(i).parameters(), decoded.inserts().get(i).parameters());
    }
  }

  @Test
  void whatHasNoFormIsNamed() {
    var insert = new Insert("t", "sql", Tuple.of(Thread.State.NEW));
    assertThatThrownBy(() -> roundTrip(insert))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the journal has no form for a parameter of class java.lang.Thread$State");
  }

  @Test
  void whatIsNoRecordIsRefused() {
    assertThatThrownBy(() -> WriteCodec.decode(new byte[] {1, 2, 3}))
        .isInstanceOf(IOException.class);
  }

  private static Write roundTrip(Insert insert) throws IOException {
    return WriteCodec.decode(
        WriteCodec.encode(new Write.Statements("pp_1", "what", List.of(insert))));
  }
}
