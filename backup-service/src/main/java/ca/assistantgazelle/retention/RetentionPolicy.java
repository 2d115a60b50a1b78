package ca.assistantgazelle.retention;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

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
  private static final Pattern SETTING =
      Pattern.compile("([a-z_]+)\"?\\s*[=:\\s]\\s*\"?([A-Z0-9.-]+)(\\s*h(?:ours)?\\b)?");

  public RetentionPolicy {
    if (minVerified < 1) {
      throw new IllegalArgumentException("the last verified backup is always kept");
    }
  }

  /**
   * {@code daily=7,weekly=4,monthly=12,yearly=0,min_verified=2,grace=PT26H}, each of which may be
   * left out; also with colons or blanks, in braces, and hours as {@code 26h}.
   */
  public static RetentionPolicy parse(String text) throws BackupException {
    var policy = USUAL;
    var words = SETTING.matcher(text);
    int end = 0;
    while (words.find()) {
      requireSeparators(text.substring(end, words.start()));
      policy = policy.with(words.group(), words.group(1), words.group(2), words.group(3) != null);
      end = words.end();
    }
    requireSeparators(text.substring(end));
    return policy;
  }

  private static void requireSeparators(String between) throws BackupException {
    if (!between.matches("[\\s,;{}\"]*")) {
      throw invalid(between.strip(), null);
    }
  }

  private RetentionPolicy with(String word, String key, String value, boolean hours)
      throws BackupException {
    try {
      int number = key.equals("grace") ? 0 : count(value);
      return switch (key) {
        case "daily" ->
            new RetentionPolicy(number, weekly, monthly, yearly, minVerified, grace, zone);
        case "weekly" ->
            new RetentionPolicy(daily, number, monthly, yearly, minVerified, grace, zone);
        case "monthly" ->
            new RetentionPolicy(daily, weekly, number, yearly, minVerified, grace, zone);
        case "yearly" ->
            new RetentionPolicy(daily, weekly, monthly, number, minVerified, grace, zone);
        case "min_verified" ->
            new RetentionPolicy(daily, weekly, monthly, yearly, number, grace, zone);
        case "grace" ->
            new RetentionPolicy(
                daily,
                weekly,
                monthly,
                yearly,
                minVerified,
                hours ? Duration.ofHours(count(value)) : Duration.parse(value),
                zone);
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
