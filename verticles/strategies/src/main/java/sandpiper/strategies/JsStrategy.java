package sandpiper.strategies;

import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.session.StrategyContext;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StreamSpec;

/// One running instance of a script, in a context of its own. Use on one platform thread.
final class JsStrategy implements Strategy {
  private static final int SHOWN_HASH = 8;

  private final String file;
  private final Realm realm;
  private final StrategyContext context;
  private final Value exports;
  private final @Nullable Value[] onBar;
  private final @Nullable Value[] onTrade;
  private final @Nullable Value[] onQuote;
  private final @Nullable Value onStart;
  private final @Nullable Value onTimer;
  private final @Nullable Value onOrder;
  private final @Nullable Value onRisk;
  private final @Nullable Value onFill;
  private final @Nullable Value onPosition;
  private final @Nullable Value onCommand;
  private final @Nullable Value onReload;
  private final @Nullable Value onStop;
  private boolean ready;

  /// @param snapshot what [#snapshot] of another version gave; null to begin anew
  JsStrategy(
      ScriptEngine engine, Script script, StrategyContext context, @Nullable String snapshot) {
    file = script.file();
    this.context = context;
    realm = engine.open(new HostApi(context));
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
      prelude("begin", exports, snapshot);
      onBar = callbacks("onBar", StreamSpec.Kind.BARS);
      onTrade = callbacks("onTrade", StreamSpec.Kind.TRADES);
      onQuote = callbacks("onQuote", StreamSpec.Kind.QUOTES);
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
      call(onCommand, name, json);
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
    return prelude("snapshot", exports).asString();
  }

  @Override
  public void close() {
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

  private void call(@Nullable Value callback, @Nullable Object event) {
    if (callback == null) {
      return;
    }
    try {
      callback.executeVoid(event);
    } catch (PolyglotException e) {
      throw ScriptErrors.explain(file, e);
    }
  }

  private void call(Value callback, Object first, Object second) {
    try {
      callback.executeVoid(first, second);
    } catch (PolyglotException e) {
      throw ScriptErrors.explain(file, e);
    }
  }

  private Value prelude(String member, @Nullable Object... arguments) {
    return ScriptErrors.explained(file, () -> realm.prelude().invokeMember(member, arguments));
  }

  private @Nullable Value[] callbacks(String member, StreamSpec.Kind kind) {
    var streams = context.plan().streams();
    var callbacks = new @Nullable Value[streams.size()];
    for (int i = 0; i < callbacks.length; i++) {
      var stream = streams.get(i);
      callbacks[i] = stream.kind() == kind ? callback(member, stream.name()) : null;
    }
    return callbacks;
  }

  private @Nullable Value callback(String member, @Nullable String stream) {
    var callback =
        ScriptErrors.explained(
            file, () -> realm.prelude().invokeMember("callback", exports, member, stream));
    return callback.isNull() ? null : callback;
  }
}
