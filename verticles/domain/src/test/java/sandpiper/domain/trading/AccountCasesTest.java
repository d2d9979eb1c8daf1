package sandpiper.domain.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Instrument;
import sandpiper.testkit.SharedData;

/// Liquidation prices and profits that others have worked out, on the portfolio.
class AccountCasesTest {
  private final Map<String, JsonNode> cases = new HashMap<>();

  private static final Currencies DOLLARS =
      new Currencies(
          List.of(
              new Instrument(
                  "X",
                  BigDecimal.ONE,
                  BigDecimal.ONE,
                  BigDecimal.ZERO,
                  BigDecimal.ZERO,
                  BigDecimal.ZERO)),
          "USD");

  private static JsonNode oracle() throws IOException {
    var path = SharedData.path("oracle/fills/fills_pnl_liquidation_cases.json");
    return new JsonMapper().readTree(path.toFile()).get("numeric");
  }

  @Test
  void thereAreAll() throws IOException {
    assertThat(oracle().size()).isEqualTo(42);
  }

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    oracle().forEach(each -> cases.put(each.get("id").asText(), each));
    return StreamSupport.stream(oracle().spliterator(), false)
        .map(each ->
            DynamicTest.dynamicTest(
                each.get("id").asText() + " " + each.get("kind").asText(), () -> check(each)));
  }

  private void check(JsonNode each) {
    var id = each.get("id").asText();
    double value =
        switch (id) {
          case "L07", "L08" -> backed(each.get("input"));
          case "L09", "L10" -> cross(each.get("input"));
          case "J01" -> average(played("1", "long 2 50", "long 2 100"));
          case "J02" -> average(played("1", "short 2 50", "short 2 40"));
          case "J03" -> 100 * played("1", "long 3 100", "short 3 110").returnOnMargin();
          case "J04" -> scaled();
          default -> id.startsWith("L") ? isolated(each.get("input")) : profit(each);
        };
    var expected = each.get("expected").decimalValue();
    double tolerance = each.get("tol").asDouble() * Math.abs(expected.doubleValue());
    // The venue's own examples are rounded to cents.
    double rounded = id.matches("L0[789]|L10") ? cents(value) : value;
    assertThat(rounded).isCloseTo(expected.doubleValue(), within(tolerance));
  }

  private static double cents(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP).doubleValue();
  }

  /// An entry into a portfolio on margin.
  private static double isolated(JsonNode input) {
    boolean entryBasis = !input.has("maint_amount") && !input.has("taker");
    var rate = decimal(input, "mmr").add(decimal(input, "taker"));
    var maintenance =
        new Maintenance(
            rate,
            decimal(input, "maint_amount"),
            entryBasis ? Maintenance.Basis.ENTRY : Maintenance.Basis.MARK);
    var rules =
        new AccountRules(
            CostBasis.AVERAGE,
            new Margin(decimal(input, "leverage"), maintenance, BigDecimal.ZERO, null));
    var position =
        new Portfolio(new BigDecimal(1_000_000), rules, DOLLARS)
            .book(
                fill(
                    1,
                    side(input),
                    input.get("entry").asText(),
                    input.get("qty").asText(),
                    BigDecimal.ZERO));
    return present(position.liquidationPrice());
  }

  private static double backed(JsonNode input) {
    var quantity = decimal(input, "qty");
    return present(
        maintenance(decimal(input, "mmr"), decimal(input, "maint_amount"))
            .liquidationPrice(
                1, quantity, quantity.multiply(decimal(input, "entry")), decimal(input, "wallet")));
  }

  /// What the wallet and the other position leave for the one that is asked for.
  private static double cross(JsonNode input) {
    var backing = decimal(input, "wallet");
    double price = Double.NaN;
    for (var each : input.get("positions")) {
      if (!each.get(0).asText().equals(input.get("leg").asText())) {
        var quantity = each.get(1).decimalValue();
        var mark = each.get(3).decimalValue();
        backing =
            backing
                .add(mark.subtract(each.get(2).decimalValue()).multiply(quantity))
                .subtract(
                    maintenance(each.get(4).decimalValue(), each.get(5).decimalValue())
                        .of(mark.multiply(quantity)));
      }
    }
    for (var each : input.get("positions")) {
      if (each.get(0).asText().equals(input.get("leg").asText())) {
        var quantity = each.get(1).decimalValue();
        price =
            present(
                maintenance(each.get(4).decimalValue(), each.get(5).decimalValue())
                    .liquidationPrice(
                        1, quantity, quantity.multiply(each.get(2).decimalValue()), backing));
      }
    }
    return price;
  }

  private static Maintenance maintenance(BigDecimal rate, BigDecimal deduction) {
    return new Maintenance(rate, deduction, Maintenance.Basis.MARK);
  }

  /// A trade with fees and funding; of cases that end in `r` what it brought in relation.
  private double profit(JsonNode each) {
    var input = each.get("input");
    boolean ratio = input.has("ref");
    if (ratio) {
      var id = input.get("ref").asText();
      input = Objects.requireNonNull(cases.get(id), id).get("input");
    }
    var quantity = input.get("qty").asText();
    boolean buys = input.get("side").asText().equals("long");
    var portfolio = new Portfolio(new BigDecimal(1_000_000), account(input), DOLLARS);
    var opened =
        portfolio.book(
            fill(1, side(input), input.get("open").asText(), quantity, decimal(input, "fee_open")));
    portfolio.pay(opened, decimal(input, "funding"));
    var closed =
        portfolio.book(
            fill(
                2,
                buys ? Side.SELL : Side.BUY,
                input.get("close").asText(),
                quantity,
                decimal(input, "fee_close")));
    assertThat(portfolio.net()).isEqualByComparingTo(closed.net());
    return ratio ? closed.returnOnMargin() : closed.net().doubleValue();
  }

  private static AccountRules account(JsonNode input) {
    var maintenance = new Maintenance(BigDecimal.ZERO, BigDecimal.ZERO, Maintenance.Basis.MARK);
    return new AccountRules(
        CostBasis.AVERAGE,
        new Margin(decimal(input, "leverage"), maintenance, BigDecimal.ZERO, null));
  }

  private static double scaled() {
    var position = played("1", "long 10 100", "long 10 200", "short 10 300", "short 10 400");
    assertThat(position.isClosed()).isTrue();
    assertThat(position.entryQuantity()).isEqualByComparingTo("20");
    assertThat(position.exitNotional().divide(position.entryQuantity(), MathContext.DECIMAL64))
        .isEqualByComparingTo("350");
    return position
        .entryNotional()
        .divide(position.entryQuantity(), MathContext.DECIMAL64)
        .doubleValue();
  }

  private static Position played(String leverage, String... fills) {
    var rules =
        new AccountRules(
            CostBasis.AVERAGE,
            new Margin(
                new BigDecimal(leverage),
                new Maintenance(BigDecimal.ZERO, BigDecimal.ZERO, Maintenance.Basis.MARK),
                BigDecimal.ZERO,
                null));
    var portfolio = new Portfolio(new BigDecimal(1_000_000), rules, DOLLARS);
    Position position = null;
    int number = 0;
    for (var each : fills) {
      var parts = each.split(" ", -1);
      var side = parts[0].equals("long") ? Side.BUY : Side.SELL;
      position = portfolio.book(fill(++number, side, parts[2], parts[1], BigDecimal.ZERO));
    }
    if (position == null) {
      throw new IllegalArgumentException("no fills");
    }
    return position;
  }

  private static double average(Position position) {
    return present(position.averagePrice());
  }

  private static Fill fill(
      int number, Side side, String price, String quantity, BigDecimal feeRate) {
    var paid = new BigDecimal(price);
    var filled = new BigDecimal(quantity);
    return new Fill(
        Desk.SESSION,
        "fil_" + number,
        "ord_" + number,
        "sig_" + number,
        "pos_1",
        "s",
        "X",
        number,
        number,
        side,
        paid,
        filled,
        paid.multiply(filled).multiply(feeRate),
        false);
  }

  private static Side side(JsonNode input) {
    return input.get("side").asText().equals("long") ? Side.BUY : Side.SELL;
  }

  private static BigDecimal decimal(JsonNode input, String name) {
    return input.has(name) ? new BigDecimal(input.get(name).asText()) : BigDecimal.ZERO;
  }

  private static double present(@Nullable BigDecimal value) {
    assertThat(value).isNotNull();
    return value == null ? Double.NaN : value.doubleValue();
  }
}
