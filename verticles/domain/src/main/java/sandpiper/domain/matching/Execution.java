package sandpiper.domain.matching;

/// What an order does with the part that does not fill on arrival.
public enum Execution {
  /// Good till cancelled: it rests in the book.
  GTC,
  /// Rests in the book, and leaves at once if any of it would fill on arrival.
  POST_ONLY,
  /// Immediate or cancel: it leaves.
  IOC,
  /// Fill or kill: all of it fills on arrival at its limit or better, or none.
  FOK,
  /// All of it fills on arrival, at any prices, for a total of at most its budget (to buy) or at
  /// least its budget (to sell), or none.
  FOK_BUDGET
}
