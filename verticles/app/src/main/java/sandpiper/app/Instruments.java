package sandpiper.app;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import sandpiper.domain.market.Instrument;

/// Reads `instruments.yaml`.
final class Instruments {
  private static final String SYMBOL = "symbol";

  private Instruments() {}

  /// @return by symbol, in the order of the file
  static Map<String, Instrument> read(Path file) {
    try (var in = Files.newBufferedReader(file)) {
      var instruments = new LinkedHashMap<String, Instrument>();
      Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      if (!(content instanceof List<?> entries) || entries.isEmpty()) {
        throw new UsageException(file + " must be a list of instruments");
      }
      for (var entry : entries) {
        if (!(entry instanceof Map<?, ?> fields)) {
          throw new UsageException(file + ": an instrument must be a map, was " + entry);
        }
        var instrument = instrument(file, fields);
        if (instruments.put(instrument.symbol(), instrument) != null) {
          throw new UsageException(file + ": " + instrument.symbol() + " is there twice");
        }
      }
      return instruments;
    } catch (IOException | YAMLException e) {
      throw new UsageException("cannot read instruments from " + file + ": " + e.getMessage());
    }
  }

  private static Instrument instrument(Path file, Map<?, ?> fields) {
    return new Instrument(
        text(file, fields, SYMBOL),
        text(file, fields, "base"),
        text(file, fields, "quote"),
        decimal(file, fields, "tick-size"),
        decimal(file, fields, "lot-size"),
        decimal(file, fields, "min-notional"),
        decimal(file, fields, "maker-fee"),
        decimal(file, fields, "taker-fee"));
  }

  private static BigDecimal decimal(Path file, Map<?, ?> fields, String key) {
    var text = text(file, fields, key);
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          file + ", " + fields.get(SYMBOL) + ": " + key + " must be a decimal, was '" + text + "'");
    }
  }

  private static String text(Path file, Map<?, ?> fields, String key) {
    @Nullable Object value = fields.get(key);
    if (value == null) {
      throw new UsageException(file + ": an instrument needs " + key + ", was " + fields);
    }
    return value.toString();
  }
}
