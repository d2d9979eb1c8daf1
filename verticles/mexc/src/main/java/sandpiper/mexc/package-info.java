/// The dialect of the exchange MEXC (spot): how requests are signed, and the frames of its
/// WebSocket, generated into `sandpiper.mexc.wire` from `src/main/protobuf`.
@NullMarked
package sandpiper.mexc;

import org.jspecify.annotations.NullMarked;
