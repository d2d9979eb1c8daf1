package sandpiper.domain.market;

/// What a source says of an order book, level by level; [BookBuilder] makes the book of it.
///
/// Exchanges number the changes of a book; that number is the id here.
public sealed interface BookEvent extends MarketEvent permits BookSnapshot, BookUpdate {
  /// Of the last change that the event contains.
  long lastId();

  Levels bids();

  Levels asks();
}
