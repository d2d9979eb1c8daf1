package sandpiper.domain.session;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;

/// Everything that decides a session, apart from its inputs.
///
/// @param instruments at least one, with the fees that hold in this session
/// @param cash budget at the start, in the account's currency, above zero
/// @param strategies at least one, with different instance names
/// @param startTime UTC microseconds; the clock of `onStart`
/// @param onSuspend what becomes of the working orders of a strategy that is suspended
/// @param fills how the simulated venue fills orders
/// @param risk what the session may do at most
/// @param account how cash backs positions, and what a partial exit books
/// @param keepsReadings whether the journal says what strategies saw at every bar: an entry for
///   each, so a session that nobody will ask about goes without
public record SessionSpec(
    String sessionId,
    SessionMode mode,
    List<Instrument> instruments,
    BigDecimal cash,
    List<StrategyPlan> strategies,
    long startTime,
    SuspendPolicy onSuspend,
    FillRules fills,
    RiskLimits risk,
    AccountRules account,
    boolean keepsReadings) {
  /// With standard fills; working orders of a strategy that is suspended are cancelled.
  public SessionSpec(
      String sessionId,
      SessionMode mode,
      List<Instrument> instruments,
      BigDecimal cash,
      List<StrategyPlan> strategies,
      long startTime) {
    this(sessionId, mode, instruments, cash, strategies, startTime, FillRules.STANDARD);
  }

  /// Working orders of a strategy that is suspended are cancelled.
  public SessionSpec(
      String sessionId,
      SessionMode mode,
      List<Instrument> instruments,
      BigDecimal cash,
      List<StrategyPlan> strategies,
      long startTime,
      FillRules fills) {
    this(
        sessionId,
        mode,
        instruments,
        cash,
        strategies,
        startTime,
        SuspendPolicy.CANCEL,
        fills,
        RiskLimits.NONE,
        AccountRules.STANDARD,
        false);
  }

  public SessionSpec {
    instruments = List.copyOf(instruments);
    strategies = List.copyOf(strategies);
    if (!sessionId.startsWith(mode.prefix())) {
      throw new IllegalArgumentException(
          "session_id of mode "
              + mode.text()
              + " must begin with "
              + mode.prefix()
              + ", was '"
              + sessionId
              + "'");
    }
    if (instruments.isEmpty() || strategies.isEmpty()) {
      throw new IllegalArgumentException("a session needs at least one symbol and one strategy");
    }
    if (cash.signum() <= 0) {
      throw new IllegalArgumentException("cash must be above zero, was " + Decimals.plain(cash));
    }
    long names = strategies.stream().map(StrategyPlan::instance).distinct().count();
    if (names != strategies.size()) {
      throw new IllegalArgumentException("strategies of a session need different instance names");
    }
  }

  /// The same session from another time on.
  public SessionSpec startingAt(long time) {
    return changed(strategies, time, fills, risk, account, keepsReadings);
  }

  /// The same session with other plans.
  public SessionSpec with(List<StrategyPlan> plans) {
    return changed(plans, startTime, fills, risk, account, keepsReadings);
  }

  /// The same session with other limits.
  public SessionSpec with(RiskLimits limits) {
    return changed(strategies, startTime, fills, limits, account, keepsReadings);
  }

  /// The same session with another kind of account.
  public SessionSpec with(AccountRules rules) {
    return changed(strategies, startTime, fills, risk, rules, keepsReadings);
  }

  /// The same session with other fills.
  public SessionSpec with(FillRules rules) {
    return changed(strategies, startTime, rules, risk, account, keepsReadings);
  }

  /// The same session with what its strategies saw in the journal.
  public SessionSpec keepingReadings() {
    return changed(strategies, startTime, fills, risk, account, true);
  }

  private SessionSpec changed(
      List<StrategyPlan> plans,
      long time,
      FillRules filling,
      RiskLimits limits,
      AccountRules rules,
      boolean readings) {
    return new SessionSpec(
        sessionId,
        mode,
        instruments,
        cash,
        plans,
        time,
        onSuspend,
        filling,
        limits,
        rules,
        readings);
  }

  /// @throws IllegalArgumentException when the session does not trade `symbol`
  public Instrument instrument(String symbol) {
    for (int i = 0; i < instruments.size(); i++) {
      if (instruments.get(i).symbol().equals(symbol)) {
        return instruments.get(i);
      }
    }
    throw new IllegalArgumentException(
        "symbol must be one of "
            + instruments.stream().map(Instrument::symbol).toList()
            + ", was '"
            + symbol
            + "'");
  }

  /// The bars that must be built, by symbol.
  public Map<String, Set<Interval>> intervals() {
    var wanted = new LinkedHashMap<String, Set<Interval>>();
    for (var strategy : strategies) {
      for (var stream : strategy.streams()) {
        if (stream.interval() != null) {
          wanted
              .computeIfAbsent(stream.symbol(), _ -> new LinkedHashSet<>())
              .add(stream.interval());
        }
      }
    }
    return wanted;
  }

  /// All indicators of all strategies.
  public IndicatorLayout layout() {
    return new IndicatorLayout(
        strategies.stream()
            .flatMap(strategy -> strategy.indicators().stream())
            .map(NamedIndicator::spec)
            .toList());
  }
}
