package sandpiper.bus;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.trading.Latency;
import sandpiper.domain.trading.Slippage;

/// How records look as JSON, everywhere: snake_case keys in the order of their components, decimals
/// as text, enums in lower case, times as UTC microseconds, intervals as `1m`, numbers that are not
/// there yet as null, an acceleration without a bound as `max`.
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .addMixIn(sandpiper.domain.journal.Order.class, OrderMixin.class)
          .addMixIn(sandpiper.domain.journal.Position.class, PositionMixin.class)
          .addMixIn(Messages.SessionState.class, AcceleratedMixin.class)
          .addMixIn(Messages.BacktestProgress.class, TellingMixin.class)
          .addMixIn(Messages.CollectionState.class, TellingMixin.class)
          .addModule(
              new SimpleModule()
                  .addSerializer(BigDecimal.class, text(Decimals::plain))
                  .addSerializer(Interval.class, text(Interval::toString))
                  .addDeserializer(Interval.class, intervals())
                  .addSerializer(Slippage.class, text(Slippage::toString))
                  .addSerializer(Latency.class, text(Latency::toString))
                  .addSerializer(Enum.class, enums())
                  .addSerializer(Double.class, numbers())
                  .addSerializer(double.class, numbers())
                  .addSerializer(NamedIndicator.class, indicators()))
          .build();

  private static final TypeReference<LinkedHashMap<String, Object>> FIELDS =
      new TypeReference<>() {};

  private Json() {}

  public static JsonObject object(Record value) {
    return new JsonObject(MAPPER.convertValue(value, FIELDS));
  }

  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + value.getClass() + " as JSON", e);
    }
  }

  /// Reads what [#text] wrote of records without types that have several forms.
  ///
  /// @throws IllegalArgumentException when it is no such text
  public static <T extends Record> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "cannot read a " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }

  @JsonIgnoreProperties("closed")
  private interface PositionMixin {
    @JsonProperty("average_price")
    @Nullable BigDecimal averagePrice();
  }

  private interface AcceleratedMixin {
    @JsonProperty
    @JsonSerialize(nullsUsing = Unbounded.class)
    @Nullable Double acceleration();
  }

  /// Whose id stands on the message that tells of it.
  @JsonIgnoreProperties("session_id")
  private interface TellingMixin extends AcceleratedMixin {}

  private static final class Unbounded extends JsonSerializer<@Nullable Object> {
    @Override
    public void serialize(@Nullable Object value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString("max");
    }
  }

  private interface OrderMixin {
    @JsonProperty
    @JsonUnwrapped
    OrderTerms terms();

    @JsonProperty("average_price")
    @Nullable BigDecimal averagePrice();
  }

  /// Writes one value.
  @FunctionalInterface
  private interface Writer<T> {
    void write(T value, JsonGenerator out) throws IOException;
  }

  private static <T> JsonSerializer<T> serializer(Writer<T> writer) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        writer.write(value, out);
      }
    };
  }

  private static <T> JsonSerializer<T> text(java.util.function.Function<T, String> toText) {
    return serializer((value, out) -> out.writeString(toText.apply(value)));
  }

  @SuppressWarnings("rawtypes")
  private static JsonSerializer<Enum> enums() {
    return text(value -> value.name().toLowerCase(Locale.ROOT));
  }

  private static JsonDeserializer<Interval> intervals() {
    return new JsonDeserializer<>() {
      @Override
      public Interval deserialize(JsonParser in, DeserializationContext context)
          throws IOException {
        return Interval.parse(in.getText());
      }
    };
  }

  private static JsonSerializer<Double> numbers() {
    return serializer((value, out) -> {
      if (value.isNaN() || value.isInfinite()) {
        out.writeNull();
      } else {
        out.writeNumber(value);
      }
    });
  }

  private static JsonSerializer<NamedIndicator> indicators() {
    return serializer((value, out) -> {
      var interval = value.spec().interval();
      out.writeStartObject();
      out.writeStringField("name", value.name());
      out.writeStringField("use", value.spec().use());
      out.writeStringField("plot", value.plot());
      out.writeStringField("symbol", value.spec().symbol());
      out.writeStringField("interval", interval == null ? null : interval.toString());
      out.writeFieldName("outputs");
      List<String> outputs = value.outputs();
      out.writeArray(outputs.toArray(String[]::new), 0, outputs.size());
      out.writeEndObject();
    });
  }
}
