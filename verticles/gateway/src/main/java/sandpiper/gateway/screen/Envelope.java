package sandpiper.gateway.screen;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;

/// A message to screens as it goes out.
///
/// @param type name of what `data` is
/// @param seq counts the messages of one address, from 1
/// @param ts wall clock, UTC microseconds
/// @param sessionId whom it is about; empty for the platform itself
public record Envelope(
    String type,
    long seq,
    long ts,
    @JsonProperty("sessionId") String sessionId,
    ScreenMessage data) {
  public Envelope(long seq, long ts, String sessionId, ScreenMessage data) {
    this(type(data.getClass()), seq, ts, sessionId, data);
  }

  static String type(Class<? extends ScreenMessage> message) {
    return requireNonNull(message.getAnnotation(JsonTypeName.class)).value();
  }
}
