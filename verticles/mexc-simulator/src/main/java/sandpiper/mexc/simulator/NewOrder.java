package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;

/// What somebody asks for.
///
/// @param quantity in base currency; null when the quote amount tells
/// @param quoteAmount to spend or to receive, of market orders only
/// @param price null for market orders
/// @param clientId null when none was given
record NewOrder(
    String symbol,
    Side side,
    OrderKind kind,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal quoteAmount,
    @Nullable BigDecimal price,
    @Nullable String clientId) {}
