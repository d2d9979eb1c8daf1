/// The strategy host: JavaScript in GraalVM contexts, one for each instance, on one shared engine.
///
/// [ScriptEngine][sandpiper.strategies.ScriptEngine] is the engine,
/// [Script][sandpiper.strategies.Script] a source that was read and checked,
/// [JsStrategy][sandpiper.strategies.JsStrategy] a running instance;
/// [Budget][sandpiper.strategies.Budget] bounds what an instance uses,
/// [Guard][sandpiper.strategies.Guard] and [WatchDog][sandpiper.strategies.WatchDog] see to it;
/// [StrategiesVerticle][sandpiper.strategies.StrategiesVerticle] runs them for sessions on the bus,
/// each session on a thread of its own.
@NullMarked
package sandpiper.strategies;

import org.jspecify.annotations.NullMarked;
