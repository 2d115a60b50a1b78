package ca.assistantgazelle.manifest;

import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A backup's name: the snapshot's instant (UTC) and six hexadecimal digits, so that names sort by
 * time. Source: backup.md §4.4.
 */
public final class BackupId {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu/MM").withZone(ZoneOffset.UTC);
  private static final Pattern FOLDER =
      Pattern.compile("^([^/]+/\\d{4}/\\d{2}/(\\d{8}T\\d{6}Z-[0-9a-f]{6})/).+$");
  private static final SecureRandom RANDOM = new SecureRandom();

  private BackupId() {}

  /** A new one. */
  public static String of(Instant snapshot) {
    return stamp(snapshot) + "-" + random();
  }

  static String stamp(Instant instant) {
    return STAMP.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  static String random() {
    var bytes = new byte[3];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** A database's name as a folder. */
  static String database(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /** Where its objects lie, ending in a slash. */
  public static String folder(String database, String id) {
    return database(database) + "/" + MONTH.format(instant(id)) + "/" + id + "/";
  }

  /** The snapshot's, to the second. */
  public static Instant instant(String id) {
    return STAMP.parse(id.substring(0, id.indexOf('-')), Instant::from);
  }

  /** Null for an object that is none of ours. */
  static String folderOf(String key) {
    var found = FOLDER.matcher(key);
    return found.matches() && isInstant(found.group(2)) ? found.group(1) : null;
  }

  private static boolean isInstant(String id) {
    try {
      instant(id);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  static String ofFolder(String folder) {
    var found = FOLDER.matcher(folder + "x");
    if (!found.matches()) {
      throw new IllegalArgumentException(folder);
    }
    return found.group(2);
  }
}
