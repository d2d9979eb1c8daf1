package sandpiper.domain.journal;

import org.jspecify.annotations.Nullable;

/// A point that a strategy drew on its chart.
///
/// @param index number of the note among those of the same input, from 1
/// @param pane `price` for over the candles, another word for a pane of that name
/// @param series the line it belongs to; empty for a marker
/// @param text of a marker; null for a point of a line
public record PlotPoint(
    String sessionId,
    long seq,
    long time,
    int index,
    String strategy,
    String pane,
    String series,
    double value,
    @Nullable String text)
    implements Note {
  public PlotPoint {
    Identity.session(sessionId);
  }
}
