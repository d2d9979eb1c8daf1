/// What programs and pages say and hear over sockets: by WebSocket, SockJS and TCP, all by the
/// document `conf/asyncapi.yaml`.
@NullMarked
package sandpiper.gateway.bridge;

import org.jspecify.annotations.NullMarked;
