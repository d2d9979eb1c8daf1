package sandpiper.strategies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import sandpiper.domain.session.StrategyException;

/// The scripts of a folder. A source that was read before is not compiled again. Thread-safe.
public final class StrategyLibrary {
  private static final String ENDING = ".js";

  private final ScriptEngine engine;
  private final Path folder;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();

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
      var text = Files.readString(file);
      return scripts.computeIfAbsent(
          name + "\n" + text,
          _ -> new Script(engine, name.substring(0, name.length() - ENDING.length()), text));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no such strategy file: " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read strategy file " + file + ": " + e.getMessage(), e);
    }
  }
}
