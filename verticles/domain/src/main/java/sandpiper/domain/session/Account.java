package sandpiper.domain.session;

/// What a session owns, as strategies see it: doubles, for deciding, not for booking.
///
/// @param cash in quote currency
/// @param equity cash and what the positions would bring at the latest prices
/// @param free cash that no working order has set aside
public record Account(double cash, double equity, double free) {}
