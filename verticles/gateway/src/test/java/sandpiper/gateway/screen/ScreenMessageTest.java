package sandpiper.gateway.screen;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Validator;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.StreamSpec;
import sandpiper.domain.trading.FillRules;
import sandpiper.gateway.RunningGateway;
import sandpiper.gateway.bridge.BridgeContract;

/// Every record that is said to screens, and the snapshot, against `conf/asyncapi.yaml`, which has
/// no field that may be left out and lets none be added. The console is held against the same
/// document in `webroot/messages.test.js`.
class ScreenMessageTest {
  /// At least as many as an enum has.
  private static final int VARIANTS = 12;

  private static final Vertx VERTX = Vertx.vertx();
  private static final Map<String, Validator> PROMISED = new HashMap<>();

  @SuppressWarnings("NullAway.Init") // before all tests
  private static Validator snapshot;

  @BeforeAll
  static void readTheContract() {
    var contract = RunningGateway.await(BridgeContract.load(VERTX, RunningGateway.BRIDGE));
    for (var address : List.of("console.sessions", "console.session.pp_x", "console.system")) {
      requireNonNull(contract.outbound(address))
          .messages()
          .forEach((type, schema) -> PROMISED.put(type, BridgeContract.validator(schema)));
    }
    var question = requireNonNull(contract.inbound("console.snapshot"));
    snapshot = BridgeContract.validator(question.answer());
  }

  @AfterAll
  static void close() {
    RunningGateway.await(VERTX.close());
  }

  static Stream<Class<?>> messages() {
    return Arrays.stream(ScreenMessage.class.getPermittedSubclasses());
  }

  @Test
  void theContractHasTheSameMessages() {
    var types =
        messages().map(each -> requireNonNull(each.getAnnotation(JsonTypeName.class)).value());
    assertThat(PROMISED.keySet()).containsExactlyInAnyOrderElementsOf(types.toList());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void theContractHasTheSameFields(Class<?> message) {
    var validator =
        requireNonNull(
            PROMISED.get(requireNonNull(message.getAnnotation(JsonTypeName.class)).value()));
    variants(message)
        .map(data -> Json.object(new Envelope(1, 2, "pp_x", (ScreenMessage) data)))
        .forEach(json -> assertValid(validator, json));
  }

  @Test
  void theContractHasTheSameSnapshot() {
    variants(Snapshot.class).forEach(each -> assertValid(snapshot, Json.object((Record) each)));
  }

  /// Neither a field more nor one less passes.
  @ParameterizedTest
  @MethodSource("messages")
  void whatDiffersIsNoticed(Class<?> message) {
    var validator =
        requireNonNull(
            PROMISED.get(requireNonNull(message.getAnnotation(JsonTypeName.class)).value()));
    var json = Json.object(new Envelope(1, 2, "pp_x", (ScreenMessage) Sample.full(0).of(message)));
    var data = json.getJsonObject("data");
    data.put("another", 1);
    assertThat(validator.validate(json).getValid()).isFalse();
    data.remove("another");
    for (var field : List.copyOf(data.fieldNames())) {
      var value = data.remove(field);
      assertThat(validator.validate(json).getValid()).as(field).isFalse();
      data.put(field, value);
    }
    assertValid(validator, json);
  }

  private static void assertValid(Validator validator, JsonObject json) {
    var found = validator.validate(json);
    assertThat(found.getValid()).as("%s: %s", json, found.getErrors()).isTrue();
  }

  private static Stream<Object> variants(Class<?> record) {
    return IntStream.range(0, VARIANTS)
        .boxed()
        .flatMap(i -> Stream.of(Sample.full(i).of(record), Sample.bare(i).of(record)));
  }

  /// Makes records up.
  ///
  /// @param isFull whether what may be null is there
  /// @param variant which value of each enum
  private record Sample(boolean isFull, int variant) {
    private static final Map<String, String> WORDS =
        Map.of(
            "sessionId", "pp_x",
            "signalId", "sig_x",
            "orderId", "ord_x",
            "fillId", "fil_x",
            "positionId", "pos_x",
            "level", "warn",
            "wiring", "bus");

    static Sample full(int variant) {
      return new Sample(true, variant);
    }

    static Sample bare(int variant) {
      return new Sample(false, variant);
    }

    Object of(Class<?> record) {
      var components = record.getRecordComponents();
      var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      var values = Arrays.stream(components).map(this::value).toArray();
      if (record == CollectionState.class) {
        Arrays.asList(values).replaceAll(Sample::unpaused);
      }
      try {
        var constructor = record.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("cannot make up a " + record, e);
      }
    }

    /// Data collections never pause.
    private static @Nullable Object unpaused(@Nullable Object value) {
      return value == SessionStatus.PAUSED ? SessionStatus.RUNNING : value;
    }

    private @Nullable Object value(RecordComponent component) {
      return value(component.getName(), component.getAnnotatedType());
    }

    private @Nullable Object value(String name, AnnotatedType type) {
      if (!isFull && type.isAnnotationPresent(Nullable.class)) {
        return null;
      }
      var inner =
          type instanceof AnnotatedParameterizedType generic
              ? generic.getAnnotatedActualTypeArguments()
              : new AnnotatedType[0];
      var raw = raw(type.getType());
      if (raw == List.class) {
        return List.of(requireNonNull(value(name, inner[0])));
      }
      if (raw == Map.class) {
        return Map.of("key", requireNonNull(value(name, inner[1])));
      }
      return value(name, raw);
    }

    private static Class<?> raw(Type type) {
      return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    private Object value(String name, Class<?> type) {
      if (type == String.class) {
        return WORDS.getOrDefault(name, "text");
      }
      if (type == Object.class) {
        return "anything";
      }
      if (type == BigDecimal.class) {
        return new BigDecimal(name.equals("leverage") ? "2" : "0.01");
      }
      if (type == boolean.class || type == Boolean.class) {
        return true;
      }
      if (type == int.class || type == Integer.class) {
        return 1;
      }
      if (type == long.class || type == Long.class) {
        return 1L;
      }
      if (type == double.class || type == Double.class) {
        return isFull ? 0.5 : name.equals("value") ? Double.NaN : 1.0;
      }
      if (type == SessionMode.class) {
        return List.of(SessionMode.BACKTEST, SessionMode.PAPER, SessionMode.LIVE).get(variant % 3);
      }
      if (type.isEnum()) {
        var constants = requireNonNull(type.getEnumConstants());
        assertThat(constants.length).isLessThanOrEqualTo(VARIANTS);
        return constants[variant % constants.length];
      }
      if (type == Interval.class) {
        return Interval.parse("1m");
      }
      if (type == FillRules.class) {
        return FillRules.parse("book", "fixed:0.05", "50ms");
      }
      if (type == StreamSpec.class) {
        return isFull
            ? new StreamSpec("main", "X", StreamSpec.Kind.BARS, Interval.parse("1m"))
            : new StreamSpec("ticks", "X", StreamSpec.Kind.TRADES, null);
      }
      if (type == OrderTerms.class) {
        return terms();
      }
      if (type == NamedIndicator.class) {
        var interval = Interval.parse("1m");
        var mean = new IndicatorSpec("ema", "X", interval, "close", Map.of("period", 3.0));
        return new NamedIndicator("mean", mean, "price");
      }
      return of(type);
    }

    private OrderTerms terms() {
      if (!isFull) {
        return OrderTerms.NONE;
      }
      var all = List.of(TimeInForce.values());
      var validity = all.get(variant % all.size());
      boolean ends = validity == TimeInForce.GTD || validity == TimeInForce.DAY;
      var one = BigDecimal.ONE;
      return new OrderTerms(
          one, one, one, validity, ends ? 1L : null, true, true, "ord_a", "ord_b");
    }
  }
}
