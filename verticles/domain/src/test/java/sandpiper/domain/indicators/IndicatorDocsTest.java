package sandpiper.domain.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sandpiper.domain.indicators.IndicatorDefinition.Group;
import sandpiper.domain.indicators.IndicatorDefinition.Parameter;
import sandpiper.testkit.SharedData;

/// The lists of indicators that people and editors read, against the registry. A failure shows what
/// has to stand there.
class IndicatorDocsTest {
  @Test
  void theTablesOfTheDocumentAreThoseOfTheRegistry() throws IOException {
    assertThat(text("docs/indicators.md")).contains(tables());
  }

  @Test
  void theTypesOfAStrategyKnowEveryName() throws IOException {
    assertThat(text("strategies-js/strategy.d.ts")).contains(names());
  }

  private static String text(String file) throws IOException {
    return Files.readString(SharedData.home().resolve(file));
  }

  static String tables() {
    return Arrays.stream(Group.values())
        .map(IndicatorDocsTest::table)
        .collect(Collectors.joining("\n"));
  }

  private static String table(Group group) {
    var rows =
        IndicatorRegistry.all().stream()
            .filter(definition -> definition.group() == group)
            .map(IndicatorDocsTest::row)
            .collect(Collectors.joining());
    var title = group.name().charAt(0) + group.name().substring(1).toLowerCase(Locale.ROOT);
    return "## "
        + title
        + "\n\n| `use` | what | of | parameters | outputs | warm-up | source |\n"
        + "|---|---|---|---|---|---|---|\n"
        + rows;
  }

  private static String row(IndicatorDefinition definition) {
    var warmUp = definition.warmUp();
    var parameters =
        definition.parameters().stream()
            .map(IndicatorDocsTest::parameter)
            .collect(Collectors.joining("; "));
    return "| `%s` | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            definition.name(),
            definition.title(),
            definition.input().name().toLowerCase(Locale.ROOT),
            parameters,
            String.join(", ", definition.outputs()),
            warmUp == null ? "by the data" : warmUp.applyAsInt(definition.standard()),
            definition.source());
  }

  private static String parameter(Parameter parameter) {
    if (!parameter.choices().isEmpty()) {
      var standard = parameter.choices().get((int) parameter.standard());
      return parameter.name()
          + " "
          + standard
          + " ("
          + String.join(", ", parameter.choices())
          + ")";
    }
    return "%s %s (%s to %s)"
        .formatted(
            parameter.name(),
            Parameter.text(parameter.standard()),
            Parameter.text(parameter.min()),
            Parameter.text(parameter.max()));
  }

  static String names() {
    return "type IndicatorName =\n"
        + IndicatorRegistry.all().stream()
            .map(definition -> "  | '" + definition.name() + "'")
            .collect(Collectors.joining("\n"))
        + ";\n";
  }
}
