package sandpiper.persistence;

import org.jspecify.annotations.Nullable;

/// Where market data are kept, and for how long: the section `time-series` of the configuration.
///
/// @param questUrl `postgresql://host:port/database` of QuestDB's PostgreSQL wire; null to keep
///   them in the database
/// @param questUser at that server
/// @param questPassword at that server
/// @param retentionDays UTC days that recorded market data are kept, today being the first of them,
///   1 to 36,500; 0 for ever
public record TimeSeriesConfig(
    @Nullable String questUrl, String questUser, String questPassword, int retentionDays) {
  public static final TimeSeriesConfig STANDARD = inDatabase(0);

  public TimeSeriesConfig {
    if (questUrl != null) {
      Server.parse("time-series.questdb-url", questUrl, questUser, questPassword);
    }
    if (retentionDays < 0 || retentionDays > 36_500) {
      throw new IllegalArgumentException(
          "time-series.retention-days must be from 1 to 36500, or 0 for ever, was "
              + retentionDays);
    }
  }

  public static TimeSeriesConfig inDatabase(int retentionDays) {
    return new TimeSeriesConfig(null, "", "", retentionDays);
  }

  /// Without the password.
  @Override
  public String toString() {
    return (questUrl == null ? "in the database" : questUrl + " as " + questUser)
        + ", "
        + (retentionDays == 0 ? "for ever" : "for " + retentionDays + " days");
  }
}
