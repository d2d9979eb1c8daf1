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
import sandpiper.domain.session.StreamSpec;

/// One running instance of a script, in a context of its own. Use on one platform thread.
final class JsStrategy implements Strategy {
  private final String file;
  private final Realm realm;
  private final StrategyContext context;
  private final String[] streams;
  private final @Nullable Value[] onBar;
  private final @Nullable Value[] onTrade;
  private final @Nullable Value onStart;
  private final @Nullable Value onOrder;
  private final @Nullable Value onFill;
  private final @Nullable Value onStop;
  private boolean ready;

  JsStrategy(ScriptEngine engine, Script script, StrategyContext context) {
    file = script.file();
    this.context = context;
    realm = engine.open(new HostApi(context));
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
      prelude("begin", exports);
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

  private Value prelude(String member, Object... arguments) {
    return ScriptErrors.explained(file, () -> realm.prelude().invokeMember(member, arguments));
  }

  private @Nullable Value[] callbacks(Value exports, String member, List<StreamSpec> specs) {
    var callbacks = new @Nullable Value[specs.size()];
    for (int i = 0; i < callbacks.length; i++) {
      callbacks[i] = callback(exports, member, specs.get(i).name());
    }
    return callbacks;
  }

  private @Nullable Value callback(Value exports, String member, @Nullable String stream) {
    var callback =
        ScriptErrors.explained(
            file, () -> realm.prelude().invokeMember("callback", exports, member, stream));
    return callback.isNull() ? null : callback;
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
