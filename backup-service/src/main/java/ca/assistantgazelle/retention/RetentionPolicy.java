package ca.assistantgazelle.retention;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;

/**
 * How many backups are kept. Source: backup.md §4.6.
 *
 * @param daily newest days that have a backup, of each of which one is kept; so for weeks (ISO),
 *     months and years
 * @param minVerified so many of the newest verified ones are kept whatever else is said
 * @param grace younger ones are kept
 */
public record RetentionPolicy(
    int daily, int weekly, int monthly, int yearly, int minVerified, Duration grace, ZoneId zone) {
  public static final RetentionPolicy USUAL =
      new RetentionPolicy(7, 4, 12, 0, 2, Duration.ofHours(26), ZoneId.of("America/Toronto"));

  private static final int MOST = 10_000;

  public RetentionPolicy {
    if (minVerified < 1) {
      throw new IllegalArgumentException("the last verified backup is always kept");
    }
  }

  /**
   * {@code daily=7,weekly=4,monthly=12,yearly=0,min_verified=2,grace=PT26H}, each of which may be
   * left out.
   */
  public static RetentionPolicy parse(String text) throws BackupException {
    var policy = USUAL;
    for (var word : text.split("[,;\\s]+")) {
      if (!word.isEmpty()) {
        policy = policy.with(word);
      }
    }
    return policy;
  }

  private RetentionPolicy with(String word) throws BackupException {
    var parts = word.split("=", 2);
    try {
      var value = parts.length == 2 ? parts[1] : "";
      return switch (parts[0]) {
        case "daily" ->
            new RetentionPolicy(count(value), weekly, monthly, yearly, minVerified, grace, zone);
        case "weekly" ->
            new RetentionPolicy(daily, count(value), monthly, yearly, minVerified, grace, zone);
        case "monthly" ->
            new RetentionPolicy(daily, weekly, count(value), yearly, minVerified, grace, zone);
        case "yearly" ->
            new RetentionPolicy(daily, weekly, monthly, count(value), minVerified, grace, zone);
        case "min_verified" ->
            new RetentionPolicy(daily, weekly, monthly, yearly, count(value), grace, zone);
        case "grace" ->
            new RetentionPolicy(
                daily, weekly, monthly, yearly, minVerified, Duration.parse(value), zone);
        default -> throw invalid(word, null);
      };
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw invalid(word, e);
    }
  }

  private static int count(String value) {
    int count = Integer.parseInt(value);
    if (count < 0 || count > MOST) {
      throw new IllegalArgumentException(value);
    }
    return count;
  }

  private static BackupException invalid(String word, Exception e) {
    return new BackupException(
        Cause.CONFIGURATION,
        "BACKUP_RETENTION: '" + word + "' cannot be used.",
        "Write it as daily=7,weekly=4,monthly=12,yearly=0,min_verified=2,grace=PT26H; min_verified is 1 at least.",
        e);
  }
}
