package sandpiper.strategies.child;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.trading.Latency;
import sandpiper.domain.trading.Slippage;

/// One end of the loopback connection between the platform and a child: frames of JSON behind their
/// length in four bytes, strictly in turns.
///
/// Which class a message becomes is chosen from the members of the sealed types by their simple
/// names; no class can be named from outside. Numbers arrive as they were, the last digit and NaN
/// included. Not thread-safe.
final class Wire {
  /// The most that one message may take, in bytes.
  static final int MAX_FRAME = 16 << 20;

  private static final ObjectMapper MAPPER = mapper();

  private final DataInputStream in;
  private final DataOutputStream out;

  /// How the polymorphic types say which one they are. Orders have a `type` of their own.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@")
  private interface Named {}

  /// The parts of a record that has been looked at.
  private static final ClassValue<List<Part>> PARTS =
      new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
          var parts = new ArrayList<Part>();
          for (var component : type.getRecordComponents()) {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            var annotated = component.getAnnotatedType();
            parts.add(
                new Part(
                    component.getName(), accessor, annotated.isAnnotationPresent(Nullable.class)));
          }
          return List.copyOf(parts);
        }
      };

  private record Part(String name, java.lang.reflect.Method accessor, boolean nullable) {}

  Wire(Socket socket) throws IOException {
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    out = new DataOutputStream(socket.getOutputStream());
  }

  /// @throws IOException also when the message is too large
  void write(Object message) throws IOException {
    // The length goes out with what it belongs to: two small packets would wait for each other.
    var body = MAPPER.writeValueAsBytes(message);
    if (body.length > MAX_FRAME) {
      throw new IOException(
          "a message takes " + body.length + " bytes, more than " + MAX_FRAME + " are allowed");
    }
    var frame = new byte[Integer.BYTES + body.length];
    for (int i = 0; i < Integer.BYTES; i++) {
      frame[i] = (byte) (body.length >>> (24 - 8 * i));
    }
    System.arraycopy(body, 0, frame, Integer.BYTES, body.length);
    out.write(frame);
    out.flush();
  }

  /// Waits for the next message.
  ///
  /// @throws IOException at the end, and when what came is no message
  <T> T read(Class<T> type) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_FRAME) {
      throw new IOException(
          "a message of " + length + " bytes, 0 to " + MAX_FRAME + " are allowed");
    }
    var body = in.readNBytes(length);
    if (body.length < length) {
      throw new IOException("the connection ended in the middle of a message");
    }
    var message = MAPPER.readValue(body, type);
    requireComplete(type.getSimpleName(), message);
    return message;
  }

  /// Jackson sets null where something is missing.
  private static void requireComplete(String name, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> throw new IOException(name + " is missing in a message");
      case Record whole -> {
        for (var part : PARTS.get(whole.getClass())) {
          var inner = valueOf(part, whole);
          if (inner != null || !part.nullable) {
            requireComplete(part.name, inner);
          }
        }
      }
      case Collection<?> all -> {
        for (var each : all) {
          requireComplete(name, each);
        }
      }
      case Map<?, ?> all -> requireComplete(name, all.values());
      default -> {
        // A number or a text.
      }
    }
  }

  private static @Nullable Object valueOf(Part part, Record whole) {
    try {
      return part.accessor.invoke(whole);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + part.name, e);
    }
  }

  private static ObjectMapper mapper() {
    var builder =
        JsonMapper.builder()
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
    for (var family :
        List.of(
            ToChild.class,
            FromChild.class,
            MarketEvent.class,
            StrategyAction.class,
            OrderEvent.class,
            Slippage.class,
            Latency.class)) {
      builder.addMixIn(family, Named.class);
      for (var member : members(family)) {
        builder.registerSubtypes(new NamedType(member, member.getSimpleName()));
      }
    }
    return builder.build();
  }

  private static List<Class<?>> members(Class<?> family) {
    var members = new ArrayList<Class<?>>();
    for (var member : family.getPermittedSubclasses()) {
      if (member.isInterface()) {
        members.addAll(members(member));
      } else {
        members.add(member);
      }
    }
    return members;
  }
}
