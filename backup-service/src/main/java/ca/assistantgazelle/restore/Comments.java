package ca.assistantgazelle.restore;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/** What stands beside a database that a restore made: where it comes from, and since when. */
final class Comments {
  private static final Pattern OURS = Pattern.compile("^gazelle: .* (\\S+)$", Pattern.DOTALL);

  private Comments() {}

  static String underWay(String backup, Instant at) {
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

  /** Written by us, and so long ago; what is not ours is never old. */
  static boolean isOlderThan(String comment, Duration age, Instant now) {
    var ours = OURS.matcher(comment == null ? "" : comment);
    try {
      return ours.matches() && Instant.parse(ours.group(1)).isBefore(now.minus(age));
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
