package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
  private static final List<String> TWO = List.of("BTCUSD", "SPY");

  @Test
  void sourcesComeInTheOrderOfTheSymbols() {
    var expected = List.of("a.csv.xz", "dir=1/b.zip");
    assertThat(Sources.of(List.of("SPY=dir=1/b.zip, BTCUSD=a.csv.xz"), TWO)).isEqualTo(expected);
    assertThat(Sources.of(List.of("BTCUSD=a.csv.xz", "SPY=dir=1/b.zip"), TWO)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo | demo",
        "BTCUSD=demo | demo",
        "BTCUSD=a=b.csv | a=b.csv",
        "prices,2019.csv | prices,2019.csv",
        "/data/year=2019/a.csv | /data/year=2019/a.csv",
        "./year=2019.csv | ./year=2019.csv"
      })
  void aSourceWithoutASymbolIsThatOfTheOnlyOne(String data, String source) {
    assertThat(Sources.of(List.of(data), List.of("BTCUSD"))).containsExactly(source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "demo | data must name a source for each of BTCUSD, SPY, such as BTCUSD=FILE, was 'demo'",
        "BTCUSD=a | data must name a source for each of BTCUSD, SPY, had none for SPY, was"
            + " 'BTCUSD=a'",
        "BTCUSD=a,SPY=b,ETHUSD=c | data must be for symbols of the session, BTCUSD, SPY, was for"
            + " 'ETHUSD'",
        "BTCUSD=a,SPY=b,BTCUSD=c | data must name one source for BTCUSD, was 'a' and 'c'",
        "BTCUSD=a,,SPY=b | each part of data must be SYMBOL=FILE, was '' in 'BTCUSD=a,,SPY=b'",
        "BTCUSD=a,SPY=b, | each part of data must be SYMBOL=FILE, was '' in 'BTCUSD=a,SPY=b,'",
        "BTCUSD=,SPY=b | each part of data must be SYMBOL=FILE, was 'BTCUSD=' in 'BTCUSD=,SPY=b'",
        "BTCUSD=a,b | each part of data must be SYMBOL=FILE, was 'b' in 'BTCUSD=a,b'"
      })
  void whatIsNotOneSourceForEachIsRefused(String data, String message) {
    assertThatThrownBy(() -> Sources.of(List.of(data), TWO))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void whatIsGivenInSeveralTextsMustNameItsSymbols() {
    assertThatThrownBy(() -> Sources.of(List.of("a.csv", "b.csv"), TWO))
        .hasMessage("each part of data must be SYMBOL=FILE, was 'a.csv' in 'a.csv,b.csv'");
    assertThatThrownBy(() -> Sources.of(List.of(" "), List.of("BTCUSD")))
        .hasMessage("data must be demo or the path of a file, was ' '");
  }
}
