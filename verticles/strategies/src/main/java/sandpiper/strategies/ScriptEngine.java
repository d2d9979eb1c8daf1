package sandpiper.strategies;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.management.ExecutionListener;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.session.SessionMode;
import sandpiper.strategies.child.ToChild;

/// The one JavaScript engine of the process. Contexts made from it share compiled code and nothing
/// else.
///
/// A script reaches only what [HostApi] and the views export: no files, network, threads,
/// processes, environment, Java classes, other languages, and no evaluation of strings. What it
/// uses is bounded by a [Budget].
public final class ScriptEngine implements AutoCloseable {
  private static final HostAccess HOST_ACCESS =
      HostAccess.newBuilder(HostAccess.EXPLICIT).allowArrayAccess(true).build();
  private static final Source HARDEN = resource("harden.js");
  private static final Source PRELUDE = resource("prelude.js");
  private static final Source REHEARSAL = resource("rehearsal.js");

  private final Engine engine =
      Engine.newBuilder("js")
          .option("engine.WarnInterpreterOnly", "false")
          .in(InputStream.nullInputStream())
          .out(OutputStream.nullOutputStream())
          .err(OutputStream.nullOutputStream())
          .build();

  private static final int TYPED_ARRAY_BYTES = 16 << 20;

  /// The source text of a `data:` URL needs no file, so that IO access does not stop its import.
  private static final String DATA_URL_NAME = "data-uri";

  private final GuardInstrument instrument =
      requireNonNull(
              engine.getInstruments().get(GuardInstrument.ID), "the guard is on the class path")
          .lookup(GuardInstrument.class);
  private final WatchDog watchDog = new WatchDog(instrument);
  private final Budget live;
  private final Budget backtest;
  private final boolean guarded;
  private volatile @Nullable CallTimes callTimes;

  public ScriptEngine() {
    this(Budget.LIVE, Budget.BACKTEST);
  }

  /// @param live of instances in sessions that are no backtests, and of scripts while they are read
  /// @param backtest of instances in backtests
  public ScriptEngine(Budget live, Budget backtest) {
    this(live, backtest, true);
  }

  /// @param guarded false only where the guard's cost is measured
  ScriptEngine(Budget live, Budget backtest, boolean guarded) {
    this.live = live;
    this.backtest = backtest;
    this.guarded = guarded;
    if (guarded) {
      instrument.attach();
      refuseDataUrls();
    }
    rehearse();
  }

  private void refuseDataUrls() {
    ExecutionListener.newBuilder()
        .sourceFilter(source -> source.getName().startsWith(DATA_URL_NAME))
        .roots(true)
        .onEnter(_ -> {
          throw new IllegalArgumentException("code from a data: URL is not allowed");
        })
        .attach(engine);
  }

  /// From now on the callbacks of sessions that are no backtests are timed.
  public void measure(CallTimes callTimes) {
    this.callTimes = callTimes;
  }

  /// Null while nothing is measured.
  @Nullable CallTimes callTimes() {
    return callTimes;
  }

  /// Of the instances in sessions of that mode.
  Budget budget(SessionMode mode) {
    return mode == SessionMode.BACKTEST ? backtest : live;
  }

  /// What a process of strategies is told first, so that the same budgets hold there.
  ToChild.Setup setup() {
    return new ToChild.Setup(live, backtest);
  }

  /// Of scripts while they are read.
  Budget budget() {
    return live;
  }

  /// Whether scripts are compiled to machine code; otherwise they are interpreted, about 25 times
  /// slower.
  public boolean compiled() {
    return !"Interpreted".equals(engine.getImplementationName());
  }

  /// For the log and the status page.
  public String description() {
    return compiled()
        ? engine.getImplementationName() + " " + engine.getVersion() + ", compiled"
        : "GraalJS "
            + engine.getVersion()
            + ", interpreted: about 25 times slower; start with bin/sandpiper to compile";
  }

  /// A fresh context with the prelude in it.
  ///
  /// @param api what the prelude may ask: [HostApi], or [PlanningApi] while a script is only read
  Realm open(Object api, Budget budget) {
    var context =
        Context.newBuilder("js")
            .engine(engine)
            .allowExperimentalOptions(true)
            .allowHostAccess(HOST_ACCESS)
            .allowHostClassLoading(false)
            .allowPolyglotAccess(PolyglotAccess.NONE)
            .allowIO(IOAccess.NONE)
            .allowCreateThread(false)
            .allowCreateProcess(false)
            .allowNativeAccess(false)
            .allowEnvironmentAccess(EnvironmentAccess.NONE)
            .allowInnerContextOptions(false)
            .timeZone(ZoneOffset.UTC)
            .option("js.ecmascript-version", "2024")
            .option("js.strict", "true")
            .option("js.allow-eval", "false")
            .option("js.load", "false")
            .option("js.print", "false")
            .option("js.global-arguments", "false")
            .option("js.locale", "en-US")
            .option("js.console", "false")
            .option("js.graal-builtin", "false")
            .option("js.polyglot-builtin", "false")
            .option("js.java-package-globals", "false")
            .option("js.shared-array-buffer", "false")
            .option("js.atomics", "false")
            .option("js.bigint", "false")
            .option("js.string-length-limit", "100000")
            .option("js.max-typed-array-length", Integer.toString(TYPED_ARRAY_BYTES))
            .option("js.unhandled-rejections", "throw")
            .option("js.esm-eval-returns-exports", "true")
            .build();
    var keep = guarded ? context.eval(HARDEN).execute(api) : null;
    var prelude = context.eval(PRELUDE).execute(api);
    if (keep != null) {
      keep.executeVoid(prelude);
    }
    context.enter();
    var guard = instrument.guard();
    context.leave();
    guard.allow(budget);
    if (guarded) {
      watchDog.watch(guard);
    }
    return new Realm(this, context, prelude, guard);
  }

  void forget(Guard guard) {
    watchDog.forget(guard);
  }

  /// Bytes that an idle context holds; counting ends soon after `limit`.
  long held(Guard guard, long limit) {
    return instrument.held(guard, limit);
  }

  @Override
  public void close() {
    watchDog.close();
    engine.close(true);
  }

  /// Lets the engine load the classes that scripts need when they fail. A class whose loading is
  /// cut short by the end of a stack stays unusable for every script of the process.
  private void rehearse() {
    try (var realm = open(new PlanningApi(), live)) {
      realm.context().eval(REHEARSAL);
    }
  }

  private static Source resource(String name) {
    try (var in = ScriptEngine.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return Source.newBuilder("js", new String(in.readAllBytes(), StandardCharsets.UTF_8), name)
          .internal(true)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
