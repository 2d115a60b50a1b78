package ca.assistantgazelle.backup.retention;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.contract.timetable.TimeZones;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * How many backups are kept; see docs/backup.md.
 *
 * @param daily number of days for which one backup is kept, counting only days that have one; likewise for ISO weeks,
 *     months and years
 * @param minVerified number of newest verified backups that are always kept
 * @param grace younger backups are always kept
 */
public record RetentionPolicy(
        int daily, int weekly, int monthly, int yearly, int minVerified, Duration grace, ZoneId zone) {
    public static final RetentionPolicy DEFAULT =
            new RetentionPolicy(7, 4, 12, 0, 2, Duration.ofHours(26), TimeZones.MONTREAL);

    private static final int MAX_COUNT = 10_000;
    private static final Pattern SETTING =
            Pattern.compile("([a-z_]+)\"?\\s*[=:\\s]\\s*\"?([A-Z0-9.-]+)(\\s*h(?:ours)?\\b)?");

    public RetentionPolicy {
        if (minVerified < 1) {
            throw new IllegalArgumentException("min_verified must be at least 1");
        }
    }

    /**
     * {@code daily=7,weekly=4,monthly=12,yearly=0,min_verified=2,grace=PT26H}, each part optional. Colons or blanks
     * instead of =, enclosing braces, and hours as {@code 26h} are accepted too.
     */
    public static RetentionPolicy parse(String text) throws BackupException {
        var policy = DEFAULT;
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

    private RetentionPolicy with(String word, String key, String value, boolean hours) throws BackupException {
        try {
            int number = key.equals("grace") ? 0 : parseCount(value);
            return switch (key) {
                case "daily" -> new RetentionPolicy(number, weekly, monthly, yearly, minVerified, grace, zone);
                case "weekly" -> new RetentionPolicy(daily, number, monthly, yearly, minVerified, grace, zone);
                case "monthly" -> new RetentionPolicy(daily, weekly, number, yearly, minVerified, grace, zone);
                case "yearly" -> new RetentionPolicy(daily, weekly, monthly, number, minVerified, grace, zone);
                case "min_verified" -> new RetentionPolicy(daily, weekly, monthly, yearly, number, grace, zone);
                case "grace" ->
                    new RetentionPolicy(
                            daily,
                            weekly,
                            monthly,
                            yearly,
                            minVerified,
                            hours ? Duration.ofHours(parseCount(value)) : Duration.parse(value),
                            zone);
                default -> throw invalid(word, null);
            };
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw invalid(word, e);
        }
    }

    private static int parseCount(String value) {
        int count = Integer.parseInt(value);
        if (count < 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException(value);
        }
        return count;
    }

    private static BackupException invalid(String word, Exception e) {
        return new BackupException(
                BackupErrorClass.CONFIGURATION,
                "BACKUP_RETENTION: '" + word + "' is not a valid setting.",
                "Use the form daily=7,weekly=4,monthly=12,yearly=0,min_verified=2,grace=PT26H; min_verified must be at least 1.",
                e);
    }
}
