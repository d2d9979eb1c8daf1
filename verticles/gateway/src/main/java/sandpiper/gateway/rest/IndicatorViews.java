package sandpiper.gateway.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import sandpiper.domain.indicators.IndicatorDefinition;
import sandpiper.domain.indicators.IndicatorDefinition.Parameter;
import sandpiper.domain.indicators.IndicatorRegistry;

/// The registry of indicators as editors see it.
final class IndicatorViews {
  private IndicatorViews() {}

  static JsonObject list() {
    var indicators = new JsonArray();
    IndicatorRegistry.all().forEach(definition -> indicators.add(indicator(definition)));
    return new JsonObject().put("indicators", indicators);
  }

  private static JsonObject indicator(IndicatorDefinition definition) {
    var parameters = new JsonArray();
    definition.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
    var warmUp = definition.warmUp();
    return new JsonObject()
        .put("name", definition.name())
        .put("title", definition.title())
        .put("group", definition.group().name().toLowerCase(Locale.ROOT))
        .put("input", definition.input().name().toLowerCase(Locale.ROOT))
        .put("parameters", parameters)
        .put("outputs", new JsonArray(definition.outputs()))
        .put("warm_up", warmUp == null ? null : warmUp.applyAsInt(definition.standard()))
        .put("source", definition.source());
  }

  private static JsonObject parameter(Parameter parameter) {
    var json = new JsonObject().put("name", parameter.name());
    if (!parameter.choices().isEmpty()) {
      return json.put("type", "choice")
          .put("default", parameter.choices().get((int) parameter.standard()))
          .put("options", new JsonArray(parameter.choices()));
    }
    return json.put("type", parameter.integer() ? "int" : "float")
        .put("default", number(parameter, parameter.standard()))
        .put("min", number(parameter, parameter.min()))
        .put("max", number(parameter, parameter.max()));
  }

  private static Number number(Parameter parameter, double value) {
    if (parameter.integer()) {
      return (long) value;
    }
    return value;
  }
}
