package sandpiper.app.tearsheet;

import java.util.List;
import java.util.Map;

/// What a backtest was run with. All texts may be hostile.
///
/// @param version SHA-256 of the source
/// @param data where they came from
/// @param rows events read
/// @param fees of every symbol, in words
/// @param maxDrawdown looked at on every event, zero or below
public record Conditions(
    String strategy,
    String version,
    Map<String, Object> parameters,
    List<String> symbols,
    String data,
    long rows,
    long skippedRows,
    String fees,
    double maxDrawdown,
    String sessionId) {}
