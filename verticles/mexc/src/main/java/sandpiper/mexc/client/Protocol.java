package sandpiper.mexc.client;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the exchange is spoken to over a WebSocket, and what it says.
///
/// @param <F> news
interface Protocol<F> {
  /// Asks for channels.
  ///
  /// @return texts, to be sent in this order
  List<String> requests(List<String> channels);

  /// A text that asks for a sign of life.
  String ping();

  /// @param awaited channels that were asked for and not agreed to yet; those that this agrees to
  ///   are taken out
  /// @return null when it is no news
  /// @throws MexcException when it cannot be read, or refuses what was asked for
  @Nullable F read(String text, Set<String> awaited);

  /// @return null when it is no news
  /// @throws MexcException when it cannot be read
  @Nullable F read(Buffer bytes);

  /// Something that cannot be read: what it was to say is lost.
  static MexcException unreadable(String why) {
    return new MexcException(MexcError.UNCERTAIN, why);
  }
}
