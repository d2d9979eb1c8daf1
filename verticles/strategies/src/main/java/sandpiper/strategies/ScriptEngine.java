package sandpiper.strategies;

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

/// The one JavaScript engine of the process. Contexts made from it share compiled code and nothing
/// else.
///
/// A script reaches only what [HostApi] and the views export: no files, network, threads,
/// processes, environment, Java classes, other languages, and no evaluation of strings.
public final class ScriptEngine implements AutoCloseable {
  private static final HostAccess HOST_ACCESS =
      HostAccess.newBuilder(HostAccess.EXPLICIT).allowArrayAccess(true).build();
  private static final Source PRELUDE = prelude();

  private final Engine engine =
      Engine.newBuilder("js")
          .option("engine.WarnInterpreterOnly", "false")
          .in(InputStream.nullInputStream())
          .out(OutputStream.nullOutputStream())
          .err(OutputStream.nullOutputStream())
          .build();

  /// The source text of a `data:` URL needs no file, so that IO access does not stop its import.
  private static final String DATA_URL_NAME = "data-uri";

  public ScriptEngine() {
    ExecutionListener.newBuilder()
        .sourceFilter(source -> source.getName().startsWith(DATA_URL_NAME))
        .roots(true)
        .onEnter(_ -> {
          throw new IllegalArgumentException("code from a data: URL is not allowed");
        })
        .attach(engine);
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
  Realm open(Object api) {
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
            .option("js.unhandled-rejections", "throw")
            .option("js.esm-eval-returns-exports", "true")
            .build();
    return new Realm(context, context.eval(PRELUDE).execute(api));
  }

  @Override
  public void close() {
    engine.close(true);
  }

  private static Source prelude() {
    try (var in = ScriptEngine.class.getResourceAsStream("prelude.js")) {
      if (in == null) {
        throw new IllegalStateException("prelude.js is not in the jar");
      }
      return Source.newBuilder(
              "js", new String(in.readAllBytes(), StandardCharsets.UTF_8), "prelude.js")
          .internal(true)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read prelude.js", e);
    }
  }
}
