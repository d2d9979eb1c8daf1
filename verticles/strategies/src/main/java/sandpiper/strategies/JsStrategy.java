package sandpiper.strategies;

import java.util.concurrent.atomic.AtomicBoolean;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.OrderBook;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.session.StrategyContext;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StreamSpec;

/// One running instance of a script, in a context of its own. Use on one platform thread.
///
/// A callback that uses more than its [Budget] is stopped, and the instance with it: its context is
/// closed, every later call throws IllegalStateException, except that [#snapshot] is null and
/// [#close] does nothing.
final class JsStrategy implements Strategy {
  private static final int SHOWN_HASH = 8;

  private final String file;
  private final ScriptEngine engine;
  private final Realm realm;
  private final Guard guard;
  private final StrategyContext context;
  private final Value exports;
  private final @Nullable Callback[] onBar;
  private final @Nullable Callback[] onTrade;
  private final @Nullable Callback[] onQuote;
  private final @Nullable Callback[] onBook;
  private final @Nullable Callback onStart;
  private final @Nullable Callback onTimer;
  private final @Nullable Callback onOrder;
  private final @Nullable Callback onRisk;
  private final @Nullable Callback onFill;
  private final @Nullable Callback onPosition;
  private final @Nullable Callback onCommand;
  private final @Nullable Callback onReload;
  private final @Nullable Callback onStop;
  private final CallTimes.@Nullable Calls calls;
  private final AtomicBoolean closed = new AtomicBoolean();
  private boolean ready;
  private @Nullable String stopped;

  /// A function of the script, and what one call of it may use.
  private record Callback(Value function, Guard.Call call) {}

  /// @param snapshot what [#snapshot] of another version gave; null to begin anew
  JsStrategy(
      ScriptEngine engine, Script script, StrategyContext context, @Nullable String snapshot) {
    file = script.file();
    this.context = context;
    this.engine = engine;
    var session = context.session();
    var budget = engine.budget(session.mode()).shared(session.strategies().size());
    realm = engine.open(new HostApi(context), budget);
    guard = realm.guard();
    try {
      exports = script.evaluate(realm);
      var readings = context.readings();
      for (int i = 0; i < readings.size(); i++) {
        var reading = readings.get(i);
        prelude(
            "reading",
            i,
            reading.indicator().name(),
            reading.values(),
            reading.previous(),
            String.join(",", reading.indicator().outputs()));
      }
      var specs = context.plan().streams();
      for (int i = 0; i < specs.size(); i++) {
        if (specs.get(i).kind() == StreamSpec.Kind.BARS) {
          prelude("history", specs.get(i).name(), i);
        }
      }
      context.positions().forEach(this::tellPosition);
      ScriptErrors.guarded(
          file, guard, "state", () -> realm.prelude().invokeMember("begin", exports, snapshot));
      onBar = callbacks("onBar", StreamSpec.Kind.BARS);
      onTrade = callbacks("onTrade", StreamSpec.Kind.TRADES);
      onQuote = callbacks("onQuote", StreamSpec.Kind.QUOTES);
      onBook = callbacks("onBook", StreamSpec.Kind.BOOK);
      onStart = callback("onStart", null);
      onTimer = callback("onTimer", null);
      onOrder = callback("onOrder", null);
      onRisk = callback("onRisk", null);
      onFill = callback("onFill", null);
      onPosition = callback("onPosition", null);
      onCommand = callback("onCommand", null);
      onReload = callback("onReload", null);
      onStop = callback("onStop", null);
      if (snapshot != null) {
        tellReady(); // it may go on with an order's event
      }
    } catch (RuntimeException e) {
      realm.close();
      throw e;
    }
    var times = session.mode() == SessionMode.BACKTEST ? null : engine.callTimes();
    calls = times == null ? null : times.of(context.plan().strategy());
  }

  @Override
  public void onStart() {
    call(onStart, null);
  }

  @Override
  public void onTimer(String id) {
    tellReady();
    call(onTimer, id);
  }

  @Override
  public void onBar(Bar bar, int stream) {
    var callback = onBar[stream];
    if (callback != null) {
      tellReady();
      call(callback, new Views.BarView(bar));
    }
  }

  @Override
  public void onTrade(Trade trade, int stream) {
    var callback = onTrade[stream];
    if (callback != null) {
      tellReady();
      call(callback, new Views.TradeView(trade));
    }
  }

  @Override
  public void onQuote(Quote quote, int stream) {
    var callback = onQuote[stream];
    if (callback != null) {
      tellReady();
      call(callback, new Views.QuoteView(quote));
    }
  }

  @Override
  public void onBook(OrderBook book, int stream) {
    var callback = onBook[stream];
    if (callback != null) {
      tellReady();
      call(callback, new BookView(book));
    }
  }

  @Override
  public void onOrder(OrderEvent event) {
    if (event instanceof OrderFilled filled) {
      tellPosition(filled.position());
    }
    if (onOrder != null) {
      call(onOrder, new Views.OrderView(event));
    }
  }

  @Override
  public void onRisk(OrderRefused refused) {
    if (onRisk != null) {
      call(onRisk, new Views.OrderView(refused));
    }
  }

  @Override
  public void onFill(Fill fill) {
    if (onFill != null) {
      call(onFill, new Views.FillView(fill));
    }
  }

  @Override
  public void onPosition(Position position) {
    if (onPosition != null) {
      call(onPosition, new Views.PositionView(position));
    }
  }

  @Override
  public void onCommand(String name, String json) {
    if (onCommand != null) {
      prelude("command", name, json);
      call(onCommand, null);
    }
  }

  @Override
  public void onParameters() {
    prelude("parameters");
  }

  @Override
  public void onReload(StrategyPlan from) {
    tellReady();
    call(onReload, from.version().substring(0, Math.min(SHOWN_HASH, from.version().length())));
  }

  @Override
  public void onStop() {
    call(onStop, null);
  }

  @Override
  public @Nullable String snapshot() {
    if (stopped != null) {
      return null;
    }
    return ScriptErrors.guarded(
        file,
        guard,
        "ctx.state",
        () -> realm.prelude().invokeMember("snapshot", exports).asString());
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true) && calls != null) {
      calls.close();
    }
    realm.close();
  }

  private void tellPosition(Position position) {
    var average = position.averagePrice();
    prelude(
        "position",
        position.symbol(),
        position.signedQuantity().doubleValue(),
        average == null ? 0.0 : average.doubleValue());
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
    long began = calls == null ? 0 : System.nanoTime();
    guard.enter(callback.call);
    try {
      callback.function.executeVoid(event);
    } catch (PolyglotException e) {
      throw failed(e);
    } finally {
      guard.leave();
      if (calls != null) {
        calls.took(System.nanoTime() - began);
      }
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

  private @Nullable Callback[] callbacks(String member, StreamSpec.Kind kind) {
    var streams = context.plan().streams();
    var callbacks = new @Nullable Callback[streams.size()];
    for (int i = 0; i < callbacks.length; i++) {
      var stream = streams.get(i);
      callbacks[i] = stream.kind() == kind ? callback(member, stream.name()) : null;
    }
    return callbacks;
  }

  private @Nullable Callback callback(String member, @Nullable String stream) {
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
}
