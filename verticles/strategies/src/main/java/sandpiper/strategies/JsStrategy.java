package sandpiper.strategies;

import java.util.List;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.session.StrategyContext;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StreamSpec;

/// One running instance of a script, in a context of its own. Use on one platform thread.
final class JsStrategy implements Strategy {
  private final String file;
  private final ScriptEngine engine;
  private final Realm realm;
  private final Guard guard;
  private final StrategyContext context;
  private final String[] streams;
  private final @Nullable Callback[] onBar;
  private final @Nullable Callback[] onTrade;
  private final @Nullable Callback onStart;
  private final @Nullable Callback onOrder;
  private final @Nullable Callback onFill;
  private final @Nullable Callback onStop;
  private boolean ready;
  private @Nullable String stopped;

  /// A function of the script, and what one call of it may use.
  private record Callback(Value function, Guard.Call call) {}

  JsStrategy(ScriptEngine engine, Script script, StrategyContext context) {
    file = script.file();
    this.context = context;
    this.engine = engine;
    realm = engine.open(new HostApi(context), engine.budget(context.session().mode()));
    guard = realm.guard();
    try {
      var exports = script.evaluate(realm);
      for (var reading : context.readings()) {
        prelude(
            "reading",
            reading.indicator().name(),
            reading.values(),
            reading.previous(),
            String.join(",", reading.indicator().outputs()));
      }
      ScriptErrors.guarded(
          file, guard, "state", () -> realm.prelude().invokeMember("begin", exports));
      var specs = context.plan().streams();
      streams = specs.stream().map(StreamSpec::name).toArray(String[]::new);
      onBar = callbacks(exports, "onBar", specs);
      onTrade = callbacks(exports, "onTrade", specs);
      onStart = callback(exports, "onStart", null);
      onOrder = callback(exports, "onOrder", null);
      onFill = callback(exports, "onFill", null);
      onStop = callback(exports, "onStop", null);
    } catch (RuntimeException e) {
      realm.close();
      throw e;
    }
  }

  @Override
  public void onStart() {
    call(onStart, null);
  }

  @Override
  public void onBar(Bar bar, String stream) {
    var callback = onBar[indexOf(stream)];
    if (callback != null) {
      tellReady();
      call(callback, new Views.BarView(bar));
    }
  }

  @Override
  public void onTrade(Trade trade, String stream) {
    var callback = onTrade[indexOf(stream)];
    if (callback != null) {
      tellReady();
      call(callback, new Views.TradeView(trade));
    }
  }

  @Override
  public void onOrder(OrderEvent event) {
    if (event instanceof OrderFilled filled) {
      var position = filled.position();
      var average = position.averagePrice();
      prelude(
          "position",
          position.symbol(),
          position.signedQuantity().doubleValue(),
          average == null ? 0.0 : average.doubleValue());
    }
    if (onOrder != null) {
      call(onOrder, new Views.OrderView(event));
    }
  }

  @Override
  public void onFill(Fill fill) {
    if (onFill != null) {
      call(onFill, new Views.FillView(fill));
    }
  }

  @Override
  public void onStop() {
    call(onStop, null);
  }

  @Override
  public void close() {
    realm.close();
  }

  private void tellReady() {
    if (!ready && context.ready()) {
      ready = true;
      prelude("ready");
    }
  }

  private void call(@Nullable Callback callback, @Nullable Object event) {
    if (callback == null) {
      return;
    }
    requireAlive();
    guard.enter(callback.call);
    try {
      callback.function.executeVoid(event);
    } catch (PolyglotException e) {
      throw failed(e);
    } finally {
      guard.leave();
    }
    if (guard.due()) {
      measure(callback.call.name);
    }
  }

  private void prelude(String member, Object... arguments) {
    requireAlive();
    try {
      realm.prelude().invokeMember(member, arguments);
    } catch (PolyglotException e) {
      throw failed(e);
    }
  }

  /// What was stopped stays stopped, and says so.
  private void requireAlive() {
    if (stopped != null) {
      throw new IllegalStateException("the strategy was stopped before: " + stopped);
    }
  }

  private StrategyException failed(PolyglotException e) {
    var failure = ScriptErrors.explain(file, guard, e);
    if (e.isCancelled() || guard.verdict() != null) {
      stopped = failure.getMessage();
      realm.close();
    }
    return failure;
  }

  private void measure(String after) {
    long limit = guard.budget().held();
    long held = engine.held(guard, limit + 1);
    if (held > limit) {
      realm.close();
      var reason =
          "the strategy held more than "
              + Usage.memory(limit)
              + " after "
              + after
              + " and was stopped";
      var failure = new StrategyException(file, 0, 0, reason);
      stopped = failure.getMessage();
      throw failure;
    }
    guard.measured(held, Usage.allocatedBytes(Thread.currentThread()));
  }

  private @Nullable Callback[] callbacks(Value exports, String member, List<StreamSpec> specs) {
    var callbacks = new @Nullable Callback[specs.size()];
    for (int i = 0; i < callbacks.length; i++) {
      callbacks[i] = callback(exports, member, specs.get(i).name());
    }
    return callbacks;
  }

  private @Nullable Callback callback(Value exports, String member, @Nullable String stream) {
    var function =
        ScriptErrors.guarded(
            file,
            guard,
            member,
            () -> realm.prelude().invokeMember("callback", exports, member, stream));
    return function.isNull()
        ? null
        : new Callback(function, Guard.Call.callback(member, guard.budget()));
  }

  private int indexOf(String stream) {
    for (int i = 0; i < streams.length; i++) {
      if (streams[i].equals(stream)) {
        return i;
      }
    }
    throw new IllegalStateException("no stream " + stream);
  }
}
