package ca.assistantgazelle.command;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
import ca.assistantgazelle.setup.Setup;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/**
 * Where backups lie and what opens them: options first, then the environment, then the local
 * system's.
 */
final class Place {
  /** A file of the launcher: how the local system on this machine is set up. */
  private static final String LOCAL = "gazelle.backup.settings";

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  @Option(
      names = "--destination",
      paramLabel = "ADDRESS",
      description =
          "instead of BACKUP_DESTINATIONS: file:///directory, s3://bucket/prefix, gdrive://folder")
  private List<String> addresses = List.of();

  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description = "instead of BACKUP_IDENTITY_FILE: the age private key")
  private Path identity;

  @Option(
      names = "--of",
      paramLabel = "DATABASE",
      description = "only backups of that database, where there are those of several")
  private String database;

  @Option(names = "--json", description = "answers as JSON")
  private boolean json;

  private static final Comparator<Copy> NEWEST_FIRST =
      Comparator.comparing((Copy copy) -> copy.backup().takenAt())
          .thenComparing(copy -> copy.backup().id())
          .reversed();

  private List<Destination> opened = List.of();

  boolean isJson() {
    return json;
  }

  Setup setup() throws IOException {
    var local = new Properties();
    var file = System.getProperty(LOCAL);
    // Addresses of one's own have nothing to do with the local system's keys.
    boolean elsewhere = !addresses.isEmpty() || System.getenv("BACKUP_DESTINATIONS") != null;
    if (!elsewhere && file != null && Files.isReadable(Path.of(file))) {
      local.load(new StringReader(Files.readString(Path.of(file))));
    }
    return new Setup(name -> option(name).or(() -> value(name, local)));
  }

  /** What stands in the environment alone: for addresses that somebody types. */
  Setup typed() {
    return new Setup(name -> Optional.ofNullable(System.getenv(name)));
  }

  private Optional<String> option(String name) {
    return switch (name) {
      case "BACKUP_DESTINATIONS" ->
          addresses.isEmpty() ? Optional.empty() : Optional.of(String.join(",", addresses));
      case "BACKUP_IDENTITY_FILE" -> Optional.ofNullable(identity).map(Path::toString);
      default -> Optional.empty();
    };
  }

  // What a shell exports for another system must not mix with the local one's.
  private static Optional<String> value(String name, Properties local) {
    return local.isEmpty()
        ? Optional.ofNullable(System.getenv(name))
        : Optional.ofNullable(local.getProperty(name));
  }

  /** A backup at one destination. */
  record Copy(Shelf shelf, StoredBackup backup) {}

  /** All copies everywhere, newest first. A destination that does not answer is an error. */
  List<Copy> copies() throws IOException {
    return copies(
        (destination, failure) -> {
          throw failure;
        });
  }

  private List<Copy> at(Destination destination) throws IOException {
    requireDirectory(destination);
    var all = new Shelf(destination, setup().seal());
    var shelf = database == null ? all : all.of(database);
    return shelf.list().stream().map(backup -> new Copy(shelf, backup)).toList();
  }

  // A volume that is not mounted must not look like one without backups.
  private static void requireDirectory(Destination destination) throws BackupException {
    if (destination.kind().equals("file")
        && !Files.isDirectory(Path.of(destination.name().substring("file://".length())))) {
      throw new BackupException(
          Cause.STORE_READ,
          destination.name() + " is not there.",
          "The address is wrong, its volume is not mounted, or nothing was ever backed up there.");
    }
  }

  /** As {@link #copies()}, but one that does not answer is only told of: another may do. */
  List<Copy> reachableCopies(Consumer<String> said) throws IOException {
    var silent = new ArrayList<IOException>();
    var copies = reachableCopies(said, silent);
    if (copies.isEmpty() && !silent.isEmpty()) {
      throw BackupException.named(
          silent.getLast(),
          Cause.STORE_READ,
          "No destination answers",
          "Look at the destinations.");
    }
    return copies;
  }

  /**
   * The same, also when there are none.
   *
   * @param silent gets what was in the way, a failure for each destination that does not answer
   */
  List<Copy> reachableCopies(Consumer<String> said, List<IOException> silent) throws IOException {
    return copies(
        (destination, failure) -> {
          said.accept(destination.name() + " cannot be read: " + failure.getMessage());
          silent.add(failure);
        });
  }

  private interface Silence {
    void of(Destination destination, IOException failure) throws IOException;
  }

  private List<Copy> copies(Silence silence) throws IOException {
    opened = setup().destinations();
    var copies = new ArrayList<Copy>();
    for (var destination : opened) {
      try {
        copies.addAll(at(destination));
      } catch (IOException e) {
        silence.of(destination, e);
      }
    }
    copies.sort(NEWEST_FIRST);
    return copies;
  }

  /**
   * The copies of the one backup that is meant, in the order of the destinations.
   *
   * @param which an id, {@code latest}, {@code latest-verified}, or {@code before:} and an instant
   */
  static List<Copy> chosen(List<Copy> copies, String which) throws BackupException {
    var fitting = new ArrayList<Copy>();
    for (var copy : copies) {
      if (fits(copy.backup(), which)) {
        fitting.add(copy);
      }
    }
    if (fitting.isEmpty()) {
      throw new BackupException(
          Cause.RESTORE_MISSING,
          "There is no backup '" + which + "' fit for use among " + copies.size() + ".",
          "See ./gazelle backup list for what there is, and in what state.");
    }
    var id = fitting.getFirst().backup().id();
    if (!which.equals(id)) {
      requireOneDatabase(fitting);
    }
    return fitting.stream().filter(copy -> copy.backup().id().equals(id)).toList();
  }

  /**
   * @throws BackupException when backups of several databases lie there and nobody said which
   */
  static void requireOneDatabase(List<Copy> copies) throws BackupException {
    var databases = copies.stream().map(copy -> copy.backup().database()).distinct().toList();
    if (databases.size() > 1) {
      throw new BackupException(
          Cause.RESTORE_REFUSED,
          "There are backups of several databases: " + databases + ".",
          "Say which is meant: --of " + databases.getFirst() + ".");
    }
  }

  // One from the future is only taken when it is named.
  private static boolean fits(StoredBackup backup, String which) throws BackupException {
    if (!backup.isGood()) {
      return false;
    }
    if (backup.id().equals(which)) {
      return true;
    }
    if (backup.takenAt().isAfter(Clock.systemUTC().instant().plus(CLOCKS_DIFFER))) {
      return false;
    }
    if (which.equals("latest")) {
      return true;
    }
    if (which.equals("latest-verified")) {
      return backup.isVerified();
    }
    if (which.startsWith("before:")) {
      return backup.isVerified() && backup.takenAt().isBefore(instant(which));
    }
    return false;
  }

  private static Instant instant(String which) throws BackupException {
    try {
      return Instant.parse(which.substring("before:".length()));
    } catch (DateTimeParseException e) {
      throw new BackupException(
          Cause.RESTORE_REFUSED,
          "'" + which + "' names no instant.",
          "Write it in UTC: before:2026-11-23T08:00:00Z.",
          e);
    }
  }

  /** At least one. */
  List<RecipientStanzaReader> identities() throws IOException {
    var identities = setup().identities();
    if (identities.isEmpty()) {
      throw new BackupException(
          Cause.KEY_MISSING,
          "No private key: the archives cannot be opened.",
          "Name its file: --identity FILE, or BACKUP_IDENTITY_FILE.");
    }
    return identities;
  }

  void close() {
    opened.forEach(Destination::close);
  }
}
