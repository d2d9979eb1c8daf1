package sandpiper.domain.journal;

/// Something worth writing down that moves no money: by a strategy, or about one.
public sealed interface Note extends JournalEntry, StrategyAction
    permits LogLine, Alert, Metric, PlotPoint, StrategyEvent, Reading {
  /// Number of the note among those of the same input, from 1.
  int index();
}
