package ca.assistantgazelle.backup.manifest;

import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Ids of backups: the instant of the snapshot (UTC) and six random hexadecimal digits. They sort by time. */
public final class BackupId {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu/MM").withZone(ZoneOffset.UTC);
    private static final Pattern FOLDER = Pattern.compile("^([^/]+/\\d{4}/\\d{2}/(\\d{8}T\\d{6}Z-[0-9a-f]{6})/).+$");
    private static final SecureRandom RANDOM = new SecureRandom();

    private BackupId() {}

    /** A new id. */
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

    /** The folder name of a database. */
    static String databaseFolder(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** The folder of a backup, with a trailing slash. */
    public static String folder(String database, String id) {
        return databaseFolder(database) + "/" + MONTH.format(instant(id)) + "/" + id + "/";
    }

    /** The instant of the snapshot, to the second. */
    public static Instant instant(String id) {
        return STAMP.parse(id.substring(0, id.indexOf('-')), Instant::from);
    }

    /** Null if the key does not belong to a backup. */
    static String folderOfKey(String key) {
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

    static String fromFolder(String folder) {
        var found = FOLDER.matcher(folder + "x");
        if (!found.matches()) {
            throw new IllegalArgumentException(folder);
        }
        return found.group(2);
    }
}
