package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.testkit.SharedData;

/// Whatever is wrong: one sentence on standard error, the exit code, nothing on standard output.
class BadInputTest {
  private static final String SMA =
      SharedData.home().resolve("strategies-js/sma-cross.js").toString();

  private static final String PAIRS =
      SharedData.home().resolve("strategies-js/pairs.js").toString();

  @TempDir private Path folder;

  @Test
  void anUnknownStrategyFile() {
    refused(
        Cli.run("backtest", "nowhere.js", "--data", "demo"),
        "sandpiper: no such strategy file: nowhere.js");
    refused(
        Cli.run("backtest", "README.md", "--data", "demo"),
        "sandpiper: a strategy's file ends in .js, was README.md");
  }

  @Test
  void aStrategyToSaveUnderANameThatIsNotAllowed() throws IOException {
    var file = Files.writeString(folder.resolve("My_Idea.js"), "export function onBar() {}\n");
    refused(
        Cli.run("backtest", file.toString(), "--data", "demo", "--save"),
        "sandpiper: the name of a strategy must be 1 to 64 of a-z, 0-9 and '-', beginning with a"
            + " letter, was 'My_Idea'");
  }

  @Test
  void aSyntaxErrorWithLineAndColumn() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("broken.js"),
            "export const meta = {};\nexport function onBar(ctx {\n}\n");
    var run = Cli.run("backtest", file.toString(), "--data", "demo");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("sandpiper: broken.js:2:27: SyntaxError:");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void anErrorInACallbackWithLineAndColumn() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("thrower.js"),
            "export function onBar(ctx, bar) {\n  ctx.buy({ size: 'one' });\n}\n");
    var run = Cli.run("backtest", file.toString(), "--data", "demo");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "sandpiper: thrower.js:2:3: TypeError: size must be a number, was 'one'");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void parametersUnknownOrOutOfRange() {
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--param", "speed=3"),
        "sandpiper: sma-cross.js: unknown parameter 'speed'; there are fast, slow, size");
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--param", "fast=501"),
        "sandpiper: sma-cross.js: parameter fast must be a whole number from 1 up to 500, was 501");
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--param", "fast=ten"),
        "sandpiper: sma-cross.js: parameter fast must be a whole number from 1 up to 500, was ten");
  }

  @Test
  void anUnknownSymbolIntervalOrTime() {
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--symbol", "DOGEUSD"),
        "sandpiper: unknown symbol 'DOGEUSD'; there are BTCUSD, BTCUSDT, SPY");
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--interval", "1x"),
        "sandpiper: interval must be a number and one of s, m, h, d, such as 30s, 1m, 4h or 1d, was '1x'");
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--from", "yesterday"),
        "sandpiper: --from must be a day such as 2019-01-01 or a time such as 2019-01-01T12:00:00Z, was 'yesterday'");
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--cash", "-5"),
        "sandpiper: cash must be above zero, was -5");
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--fee", "1.5"),
        "sandpiper: BTCUSD: maker fee must be from 0 to below 1 (0.001 is 0.1 %), was 1.5");
  }

  @Test
  void fillRulesThatAreNoneOrDoNotFitTheData() {
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--fill-model", "mid"),
        "sandpiper: fill model must be one of any, bar, trade, quote, book, was 'mid'");
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--slippage", "1%"),
        "sandpiper: slippage must be none, fixed:OFFSET, percent:PERCENT or volume:LIMIT:IMPACT, was '1%'");
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--latency", "soon"),
        "sandpiper: latency must be none, a time such as 50ms, uniform:20ms:80ms or lognormal:50ms:0.5, was 'soon'");
    refused(
        Cli.run("backtest", SMA, "--data", "demo", "--fill-model", "bar"),
        "sandpiper: fill model bar would never fill an order of BTCUSD: its data have no bars; use trade, quote, book or any");
  }

  @Test
  void symbolsAndTheirDataThatDoNotGoTogether() {
    var symbols = "--symbol=BTCUSD,SPY";
    refused(
        Cli.run("backtest", PAIRS, symbols, "--data", "demo"),
        "sandpiper: data must name a source for each of BTCUSD, SPY, such as BTCUSD=FILE, was 'demo'");
    refused(
        Cli.run("backtest", PAIRS, symbols, "--data", "BTCUSD=demo"),
        "sandpiper: data must name a source for each of BTCUSD, SPY, had none for SPY, was 'BTCUSD=demo'");
    refused(
        Cli.run("backtest", PAIRS, "--data", "BTCUSD=demo", symbols, "--data", "BTCUSD=a.csv"),
        "sandpiper: data must name one source for BTCUSD, was 'demo' and 'a.csv'");
    refused(
        Cli.run("backtest", SMA, "--data", "BTCUSD=demo,SPY=demo"),
        "sandpiper: data must be for symbols of the session, BTCUSD, was for 'SPY'");
    refused(
        Cli.run("backtest", PAIRS, symbols, "--data", "BTCUSD=demo,"),
        "sandpiper: each part of data must be SYMBOL=FILE, was '' in 'BTCUSD=demo,'");
    refused(
        Cli.run("backtest", PAIRS, symbols, "--data", "BTCUSD=demo", "--data", "SPY="),
        "sandpiper: each part of data must be SYMBOL=FILE, was 'SPY=' in 'BTCUSD=demo,SPY='");
    refused(
        Cli.run("backtest", PAIRS, "--symbol", "SPY", "--symbol", "SPY", "--data", "SPY=demo"),
        "sandpiper: --symbol must name each symbol once, was SPY,SPY");
    refused(
        Cli.run("backtest", PAIRS, "--symbol", "BTCUSD,,SPY", "--data", "SPY=demo"),
        "sandpiper: unknown symbol ''; there are BTCUSD, BTCUSDT, SPY");
    refused(
        Cli.run("check", PAIRS, symbols),
        "sandpiper: data must name a source for each of BTCUSD, SPY, such as BTCUSD=FILE, was 'demo'");
  }

  @Test
  void malformedData() throws IOException {
    var file = folder.resolve("prices.csv");
    Files.writeString(
        file,
        "timestamp_ms,open,high,low,close,volume\n60000,1,2,1,2,5\n120000,1,2,1,abc,5\n180000,2,2,2,2,1\n");
    refused(
        Cli.run("backtest", SMA, "--data", file.toString()),
        "sandpiper: prices.csv, line 3: close must be a number above zero, was \"abc\"");
    var skipping =
        Cli.run("backtest", SMA, "--data", file.toString(), "--interval", "1m", "--skip-bad-rows");
    assertThat(skipping.code()).as(skipping.err()).isZero();
    assertThat(skipping.out()).contains("2 rows, 1 bad rows left out");
    assertThat(Cli.run("backtest", SMA, "--data", folder.resolve("none.csv").toString()).code())
        .isEqualTo(2);
  }

  @Test
  void wrongUsage() {
    assertThat(Cli.run("backtest", SMA).code()).isEqualTo(2);
    assertThat(Cli.run("backtest", SMA, "--data", "demo", "--nonsense").code()).isEqualTo(2);
    assertThat(Cli.run("fly").code()).isEqualTo(2);
    assertThat(Cli.run("--help").code()).isZero();
  }

  @Test
  void aPortInUseLeavesNothingRunning() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var database = TestPlatform.freshDirectory();
      var config =
          config(
              "gateway: {port: "
                  + taken.getLocalPort()
                  + "}\ndatabase: {port: 0, directory: "
                  + database
                  + "}\n");
      var run = Cli.run("run", "--config", config.toString());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .startsWith(
              "sandpiper: The gateway cannot listen on 127.0.0.1:"
                  + taken.getLocalPort()
                  + ": the port is in use");
      assertThat(database.resolve("postgres/postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void aDatabaseThatIsNotThere() throws IOException {
    var config = config("database: {url: 'postgresql://127.0.0.1:1/nothing'}\n");
    var run = Cli.run("run", "--config", config.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("postgresql://127.0.0.1:1/nothing");
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void aDataDirectoryThatAnotherPlatformUses() throws IOException {
    var database = TestPlatform.freshDirectory();
    try (var first = TestPlatform.start(database)) {
      var config = config("gateway: {port: 0}\ndatabase: {port: 0, directory: " + database + "}\n");
      var run = Cli.run("run", "--config", config.toString());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains(database.toString());
      assertThat(run.err().lines()).hasSize(1);
      assertThat(first.platform.port()).isPositive();
    }
  }

  @Test
  void aConfigurationWithAnUnknownKey() throws IOException {
    refused(
        Cli.run("run", "--config", config("gateway: {prot: 80}\n").toString()),
        "sandpiper: unknown key 'gateway.prot' in the configuration; there are [host, port, tcp-port, tls-certificate, tls-key]");
    refused(
        Cli.run("run", "--config", config("gateways: {port: 80}\n").toString()),
        "sandpiper: unknown section 'gateways' in the configuration; there are [data, database, demo, fills, gateway, instruments, log, mexc, risk, strategies, time-series]");
  }

  @Test
  void marketDataThatAreToBeKeptForNoTimeOrNowhere() throws IOException {
    refused(
        Cli.run("run", "--config", config("time-series: {retention-days: -1}\n").toString()),
        "sandpiper: time-series.retention-days must be from 1 to 36500, or 0 for ever, was -1");
    refused(
        Cli.run("run", "--config", config("time-series: {questdb-url: 'http://q'}\n").toString()),
        "sandpiper: time-series.questdb-url must be postgresql://host:port/database, user and password having keys of their own, was 'http://q'");
  }

  @Test
  void aConfigurationWithAnUnknownFormatOfTheLog() throws IOException {
    refused(
        Cli.run("run", "--config", config("log: {format: xml}\n").toString()),
        "sandpiper: log.format must be text or json, was 'xml'");
  }

  @Test
  void aConfigurationWithAWrongIsolation() throws IOException {
    isolation(
        "{uploaded: jail}", "strategies.isolation.uploaded must be none or process, was 'jail'");
    isolation(
        "{heap-megabytes: 1}",
        "strategies.isolation: the heap of isolated strategies must have 64 to 65536 MB, was 1");
    isolation(
        "{answer-millis: 60000}",
        "strategies.isolation: isolated strategies must answer within 100 to 15000 ms, was 60000");
    isolation(
        "{heap: 1}",
        "unknown key 'strategies.isolation.heap' in the configuration; there are [answer-millis, bundled, heap-megabytes, uploaded]");
  }

  private void isolation(String yaml, String sentence) throws IOException {
    var file = config("strategies: {isolation: " + yaml + "}\n");
    refused(Cli.run("run", "--config", file.toString()), "sandpiper: " + sentence);
  }

  private Path config(String yaml) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), yaml);
  }

  private static void refused(Cli run, String sentence) {
    assertThat(run.err()).isEqualToIgnoringNewLines(sentence);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }
}
