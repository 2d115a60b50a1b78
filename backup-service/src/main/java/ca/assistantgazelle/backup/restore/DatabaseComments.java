package ca.assistantgazelle.backup.restore;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/** Comments on databases created by a restore, which name the backup and the time. */
final class DatabaseComments {
    private static final Pattern RESTORE_COMMENT = Pattern.compile("^gazelle: .* (\\S+)$", Pattern.DOTALL);

    private DatabaseComments() {}

    static String inProgress(String backup, Instant at) {
        return "gazelle: restore of backup " + backup + " under way, since " + at;
    }

    static String failed(String backup, Instant at) {
        return "gazelle: FAILED restore of backup " + backup + ", drop it, " + at;
    }

    static String restored(String backup, List<String> differences, Instant at) {
        return "gazelle: restored from backup "
                + backup
                + (differences.isEmpty() ? ", equal to it, " : ", DIFFERENT from it, ")
                + at;
    }

    /** Whether it is a comment of a restore and older than that; false for any other comment. */
    static boolean isOlderThan(String comment, Duration age, Instant now) {
        var ours = RESTORE_COMMENT.matcher(comment == null ? "" : comment);
        try {
            return ours.matches() && Instant.parse(ours.group(1)).isBefore(now.minus(age));
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
