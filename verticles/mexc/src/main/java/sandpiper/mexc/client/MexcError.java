package sandpiper.mexc.client;

import static java.util.Map.entry;

import java.util.Map;

/// What kind of failure it was: what can be done about it.
public enum MexcError {
  /// The clocks differ. The client sets its own and asks once more before anybody hears of it.
  CLOCK,
  /// Key, signature, address or permission: nothing will work until somebody changes them.
  ACCESS,
  /// The symbol is not there, not traded, or not by this key.
  SYMBOL,
  /// Price, quantity or amount is not within what is allowed, or there are too many orders.
  SIZE,
  /// The account has too little, of money or of a position.
  FUNDS,
  /// The symbol does not take orders of that type, or nobody is on the other side.
  ORDER_TYPE,
  /// There is no such order.
  UNKNOWN_ORDER,
  /// The request is malformed: a mistake in this program.
  REQUEST,
  /// Too much was asked; nothing was done. [MexcException#retryAfterMillis] says when to come
  /// again.
  BUSY,
  /// The exchange is down for maintenance, or has said of itself that it failed.
  SERVER,
  /// The right to hear of an account has ended.
  LISTEN_KEY,
  /// No answer, or none that can be read: whether it was done is not known.
  UNCERTAIN,
  /// A code that is not known here.
  OTHER;

  private static final Map<Integer, MexcError> KINDS =
      Map.ofEntries(
          entry(700003, CLOCK),
          entry(10073, CLOCK),
          entry(700005, REQUEST),
          entry(400, ACCESS),
          entry(401, ACCESS),
          entry(402, ACCESS),
          entry(10072, ACCESS),
          entry(700001, ACCESS),
          entry(700002, ACCESS),
          entry(602, ACCESS),
          entry(700006, ACCESS),
          entry(700007, ACCESS),
          entry(730706, ACCESS),
          entry(730707, ACCESS),
          entry(70011, ACCESS),
          entry(60005, ACCESS),
          entry(10007, SYMBOL),
          entry(30014, SYMBOL),
          entry(30021, SYMBOL),
          entry(-1121, SYMBOL),
          entry(730001, SYMBOL),
          entry(30000, SYMBOL),
          entry(30016, SYMBOL),
          entry(30020, SYMBOL),
          entry(30001, SYMBOL),
          entry(26, SYMBOL),
          entry(30002, SIZE),
          entry(30003, SIZE),
          entry(30010, SIZE),
          entry(30087, SIZE),
          entry(10096, SIZE),
          entry(30029, SIZE),
          entry(30032, SIZE),
          entry(30027, SIZE),
          entry(88013, SIZE),
          entry(30004, FUNDS),
          entry(30005, FUNDS),
          entry(10101, FUNDS),
          entry(2005, FUNDS),
          entry(30018, ORDER_TYPE),
          entry(30019, ORDER_TYPE),
          entry(30051, ORDER_TYPE),
          entry(30041, ORDER_TYPE),
          entry(30025, ORDER_TYPE),
          entry(-2011, UNKNOWN_ORDER),
          entry(-2013, UNKNOWN_ORDER),
          entry(30026, UNKNOWN_ORDER),
          entry(700004, REQUEST),
          entry(33333, REQUEST),
          entry(44444, REQUEST),
          entry(700008, REQUEST),
          entry(700013, REQUEST),
          entry(-1128, REQUEST),
          entry(730002, REQUEST),
          entry(429, BUSY),
          entry(500, SERVER),
          entry(503, SERVER),
          entry(504, SERVER),
          entry(20002, SERVER),
          entry(11444, SERVER),
          entry(604, SERVER),
          entry(801, SERVER),
          entry(730708, LISTEN_KEY),
          // Of the futures alone.
          entry(513, CLOCK),
          entry(406, ACCESS),
          entry(511, ACCESS),
          entry(701, ACCESS),
          entry(702, ACCESS),
          entry(703, ACCESS),
          entry(704, ACCESS),
          entry(6001, ACCESS),
          entry(6005, ACCESS),
          entry(1001, SYMBOL),
          entry(1002, SYMBOL),
          entry(2003, SIZE),
          entry(2004, SIZE),
          entry(2006, SIZE),
          entry(2011, SIZE),
          entry(2015, SIZE),
          entry(2009, FUNDS),
          entry(2040, UNKNOWN_ORDER),
          entry(2041, UNKNOWN_ORDER),
          entry(600, REQUEST),
          entry(2030, REQUEST),
          entry(510, BUSY),
          entry(2037, BUSY),
          entry(501, SERVER));

  /// @param code as the exchange gives it
  static MexcError of(int code) {
    return KINDS.getOrDefault(code, OTHER);
  }
}
