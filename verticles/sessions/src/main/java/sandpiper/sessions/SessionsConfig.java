package sandpiper.sessions;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;

/// What holds for sessions that do not say otherwise, and what stops them all.
///
/// @param fillRules how their orders fill
/// @param limits what they may do at most, unless others were saved at the console
/// @param firmLimits what they may do at most whatever was saved
/// @param killFile while it is there, trading is stopped and no paper or live session starts; null
///   for none
/// @param killAction of that file, and of a kill switch for all sessions that names none
/// @param resumesLive whether live sessions that were under way when the platform ended go on at
///   its next start; else they are ended there, and what they have at the exchange is taken back
public record SessionsConfig(
    FillRules fillRules,
    RiskLimits limits,
    RiskLimits firmLimits,
    @Nullable Path killFile,
    RiskAction killAction,
    boolean resumesLive) {
  /// Standard fills, no limits, no kill file.
  public static final SessionsConfig STANDARD =
      new SessionsConfig(
          FillRules.STANDARD, RiskLimits.NONE, RiskLimits.NONE, null, RiskAction.CANCEL, false);

  /// The same with other fill rules.
  public SessionsConfig with(FillRules other) {
    return new SessionsConfig(other, limits, firmLimits, killFile, killAction, resumesLive);
  }

  /// The same with limits that nothing saved can loosen.
  public SessionsConfig withFirm(RiskLimits other) {
    return new SessionsConfig(fillRules, limits, other, killFile, killAction, resumesLive);
  }

  /// The same with live sessions that go on, or do not, when the platform has ended under them.
  public SessionsConfig withResuming(boolean other) {
    return new SessionsConfig(fillRules, limits, firmLimits, killFile, killAction, other);
  }
}
