package sandpiper.strategies;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;

/// The scripts of a folder. A source that was read before is not compiled again. Thread-safe.
public final class StrategyLibrary {
  private static final String ENDING = ".js";
  private static final int MAX_SCRIPTS = 256;

  private final ScriptEngine engine;
  private final Path folder;
  private final Map<String, Script> scripts = Collections.synchronizedMap(new Latest());

  /// Forgets the script that was not asked for the longest, so that a thousand versions do not
  /// stay.
  private static final class Latest extends LinkedHashMap<String, Script> {
    @Serial private static final long serialVersionUID = 1;

    private Latest() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Script> eldest) {
      return size() > MAX_SCRIPTS;
    }
  }

  public StrategyLibrary(ScriptEngine engine, Path folder) {
    this.engine = engine;
    this.folder = folder;
  }

  /// All names, sorted.
  public List<String> names() {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the strategies' folder " + folder, e);
    }
  }

  /// @param name without `.js`
  /// @throws IllegalArgumentException when there is none of that name
  /// @throws StrategyException when it cannot be used, with line and column
  public Script load(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "unknown strategy '" + name + "'; there are " + String.join(", ", names()));
    }
    return load(folder.resolve(name + ENDING));
  }

  /// @param file any file that ends in `.js`
  public Script load(Path file) {
    var name = file.getFileName().toString();
    if (!name.endsWith(ENDING)) {
      throw new IllegalArgumentException("a strategy's file ends in .js, was " + file);
    }
    try {
      return read(name.substring(0, name.length() - ENDING.length()), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no such strategy file: " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read strategy file " + file + ": " + e.getMessage(), e);
    }
  }

  /// @throws Refusal unless versions can be kept under that name
  public static void checkName(String name) {
    Limits.checkName(name);
  }

  /// The script that a plan was made from.
  ///
  /// @throws IllegalArgumentException when no such script was read here
  public Script planned(StrategyPlan plan) {
    var script = scripts.get(key(plan.strategy(), plan.version()));
    if (script == null) {
      throw new IllegalArgumentException("strategy " + plan.strategy() + " was not planned");
    }
    return script;
  }

  Path folder() {
    return folder;
  }

  /// @throws StrategyException when it cannot be used, with line and column
  public Script read(String name, String text) {
    var key = key(name, Script.hash(text));
    var known = scripts.get(key);
    if (known != null) {
      return known;
    }
    var read = new Script(engine, name, text); // not under the lock: it may take its time
    scripts.put(key, read);
    return read;
  }

  private static String key(String name, String hash) {
    return name + "\n" + hash;
  }
}
