package sandpiper.mexc.client;

/// What became of an order that was sent.
public sealed interface Placement {
  /// The exchange has it. That says nothing of fills.
  ///
  /// @param orderId of the exchange; not a number
  record Accepted(String orderId) implements Placement {}

  /// The exchange does not have it, for sure.
  ///
  /// @param reason why, with its kind
  record Refused(MexcException reason) implements Placement {}

  /// The exchange may have it or not: no answer came, or one that says nothing. It must be looked
  /// up by its client id, [MexcTrading#orderByClientId] or [FuturesTrading#orderByExternalId],
  /// before anything is sent again; that it is not found at once does not say that it will not
  /// appear.
  ///
  /// @param reason what happened instead of an answer
  record Unknown(MexcException reason) implements Placement {}

  /// An error that the exchange tells of itself may come after the order was taken.
  static Placement notTaken(MexcException reason) {
    return reason.error() != MexcError.UNCERTAIN && reason.error() != MexcError.SERVER
        ? new Refused(reason)
        : new Unknown(reason);
  }
}
