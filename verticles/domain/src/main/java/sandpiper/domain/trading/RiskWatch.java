package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.market.Decimals;

/// Watches a session's equity and trades, and says when trading stops and until when. Not
/// thread-safe.
///
/// On every event it compares doubles; only what seems to be broken is reckoned exactly.
final class RiskWatch {
  private static final long DAY = 86_400_000_000L;
  private static final long MINUTE = 60_000_000L;
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  /// Before a loss is reckoned exactly it must be this close to its limit by rough figures.
  private static final double CLOSE = 0.999_999;

  private final RiskLimits limits;
  private final Portfolio portfolio;
  private BigDecimal dayEquity;
  private BigDecimal peak;
  private double roughDayEquity;
  private double roughPeak;
  private long day = Long.MIN_VALUE;
  private long time;
  private int losses;
  private @Nullable Trip ofStreak;
  private long lossUntil = Long.MIN_VALUE;
  private long coolUntil = Long.MIN_VALUE;
  private boolean drawnDown;
  private boolean killed;

  /// A rule that has just stopped trading.
  record Trip(
      String rule,
      RiskAction action,
      @Nullable BigDecimal limit,
      @Nullable BigDecimal value,
      String text) {}

  RiskWatch(RiskLimits limits, Portfolio portfolio) {
    this.limits = limits;
    this.portfolio = portfolio;
    dayEquity = portfolio.equity();
    peak = dayEquity;
    roughDayEquity = dayEquity.doubleValue();
    roughPeak = roughDayEquity;
  }

  /// Before the venue sees an event: a day ends as it stood then.
  void onClock(long time) {
    this.time = time;
    if (limits.dailyLoss() == null) {
      return;
    }
    long today = Math.floorDiv(time, DAY);
    if (today != day) {
      day = today;
      dayEquity = portfolio.equity();
      roughDayEquity = dayEquity.doubleValue();
    }
  }

  /// A trade, from the opening of a position to its close, has ended.
  ///
  /// @param profit after fees
  void onTrade(BigDecimal profit) {
    var streak = limits.losingStreak();
    if (streak == null) {
      return;
    }
    losses = profit.signum() < 0 ? losses + 1 : 0;
    if (losses < streak.losses()) {
      return;
    }
    losses = 0;
    coolUntil = time + streak.minutes() * MINUTE;
    ofStreak =
        new Trip(
            "cool-down",
            streak.action(),
            BigDecimal.valueOf(streak.losses()),
            BigDecimal.valueOf(streak.losses()),
            streak.losses()
                + " losing trades in a row: nothing is opened for "
                + streak.minutes()
                + " min");
  }

  /// After an event that moved prices or brought fills.
  ///
  /// @param rough equity of the session
  /// @return a rule that was broken since this was asked last; null when there is none
  @Nullable Trip next(double rough) {
    if (ofStreak != null) {
      var trip = ofStreak;
      ofStreak = null;
      return trip;
    }
    var trip = dailyLoss(rough);
    return trip == null ? drawdown(rough) : trip;
  }

  /// Nobody trades until [#release].
  Trip kill(RiskAction action, String reason) {
    killed = true;
    return new Trip("kill-switch", action, null, null, "the kill switch was pulled: " + reason);
  }

  /// The exchange and the session do not agree: nothing is opened until [#release].
  Trip halt(String reason) {
    killed = true;
    return new Trip("reconciliation", RiskAction.BLOCK, null, null, reason);
  }

  /// Lets trading go on after a kill switch or a drawdown stop; the highest equity is what it is
  /// now.
  void release() {
    killed = false;
    drawnDown = false;
    peak = portfolio.equity();
    roughPeak = peak.doubleValue();
  }

  /// Why nothing may be opened now; null when it may.
  Verdict.@Nullable Refused stopped() {
    if (killed) {
      return new Verdict.Refused("kill-switch", "the kill switch is on");
    }
    if (drawnDown) {
      return new Verdict.Refused("drawdown", "the drawdown stop holds until it is released");
    }
    if (time < lossUntil) {
      return new Verdict.Refused("daily-loss", "the day's loss has reached its limit");
    }
    if (time < coolUntil) {
      return new Verdict.Refused(
          "cool-down",
          "after a losing streak nothing is opened for another "
              + Math.ceilDiv(coolUntil - time, MINUTE)
              + " min");
    }
    return null;
  }

  private @Nullable Trip dailyLoss(double rough) {
    var stop = limits.dailyLoss();
    if (stop == null
        || time < lossUntil
        || roughDayEquity - rough < stop.limit().doubleValue() * CLOSE) {
      return null;
    }
    var loss = dayEquity.subtract(portfolio.equity());
    if (loss.compareTo(stop.limit()) < 0) {
      return null;
    }
    lossUntil = (day + 1) * DAY;
    return new Trip(
        "daily-loss",
        stop.action(),
        stop.limit(),
        loss,
        "the loss since midnight UTC is "
            + Decimals.plain(loss)
            + ", its limit is "
            + Decimals.plain(stop.limit()));
  }

  private @Nullable Trip drawdown(double rough) {
    var stop = limits.drawdownPercent();
    if (stop == null || drawnDown) {
      return null;
    }
    if (rough > roughPeak) {
      roughPeak = rough;
      peak = portfolio.equity();
      return null;
    }
    if (roughPeak <= 0) {
      return null; // released when everything was lost already
    }
    if ((roughPeak - rough) / roughPeak * 100 < stop.limit().doubleValue() * CLOSE) {
      return null;
    }
    var percent =
        peak.subtract(portfolio.equity()).multiply(HUNDRED).divide(peak, MathContext.DECIMAL64);
    if (percent.compareTo(stop.limit()) < 0) {
      return null;
    }
    drawnDown = true;
    var shown = percent.setScale(4, RoundingMode.HALF_EVEN);
    return new Trip(
        "drawdown",
        stop.action(),
        stop.limit(),
        shown,
        "equity is "
            + Decimals.plain(shown)
            + " % below its highest, the limit is "
            + Decimals.plain(stop.limit())
            + " %");
  }
}
