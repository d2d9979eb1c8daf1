/// The door to the outside: REST by a contract, the console's files and messages, health, metrics.
///
/// ```
///            ┌───────────┐   ┌─ /eventbus/*   Bridge ◀── messages ── Screens ◀── the platform
/// request ──▶│ Doorkeeper│──▶├─ the contract  RestApi ── questions ─────────────▶ the platform
///            └───────────┘   └─ other paths   ConsoleFiles, else 404
/// ```
///
/// Everything here runs on one event loop. What goes wrong, wherever, leaves as one kind of
/// document: [Problem][sandpiper.gateway.http.Problem].
@NullMarked
package sandpiper.gateway;

import org.jspecify.annotations.NullMarked;
