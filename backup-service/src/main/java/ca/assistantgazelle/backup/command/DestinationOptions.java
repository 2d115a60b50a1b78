package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.config.BackupSettings;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.StoredBackup;
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
 * Options for the destinations and the private key. Options take precedence over the environment, and the environment
 * over the settings of the local system.
 */
final class DestinationOptions {
    /** System property that names the settings file of the local system, set by the launcher. */
    private static final String LOCAL_SETTINGS_PROPERTY = "gazelle.backup.settings";

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    @Option(
            names = "--destination",
            paramLabel = "ADDRESS",
            description =
                    "a destination, instead of BACKUP_DESTINATIONS: file:///directory, s3://bucket/prefix, gdrive://folder")
    private List<String> addresses = List.of();

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "file with the age private key, instead of BACKUP_IDENTITY_FILE")
    private Path identity;

    @Option(
            names = "--of",
            paramLabel = "DATABASE",
            description = "only backups of this database, if the destination holds backups of several")
    private String database;

    @Option(names = "--json", description = "prints the result as JSON")
    private boolean json;

    private static final Comparator<BackupCopy> NEWEST_FIRST = Comparator.comparing(
                    (BackupCopy copy) -> copy.backup().takenAt())
            .thenComparing(copy -> copy.backup().id())
            .reversed();

    private List<BackupDestination> opened = List.of();

    boolean isJson() {
        return json;
    }

    BackupSettings settings() throws IOException {
        var local = new Properties();
        var file = System.getProperty(LOCAL_SETTINGS_PROPERTY);
        // With explicit destinations, the settings of the local system do not apply.
        boolean elsewhere = !addresses.isEmpty() || System.getenv("BACKUP_DESTINATIONS") != null;
        if (!elsewhere && file != null && Files.isReadable(Path.of(file))) {
            local.load(new StringReader(Files.readString(Path.of(file))));
        }
        return new BackupSettings(name -> option(name).or(() -> value(name, local)));
    }

    /** Settings from the environment only, to complete database URLs given as options. */
    BackupSettings environmentSettings() {
        return new BackupSettings(name -> Optional.ofNullable(System.getenv(name)));
    }

    private Optional<String> option(String name) {
        return switch (name) {
            case "BACKUP_DESTINATIONS" ->
                addresses.isEmpty() ? Optional.empty() : Optional.of(String.join(",", addresses));
            case "BACKUP_IDENTITY_FILE" -> Optional.ofNullable(identity).map(Path::toString);
            default -> Optional.empty();
        };
    }

    // Variables exported for another system must not be mixed with the local settings.
    private static Optional<String> value(String name, Properties local) {
        return local.isEmpty()
                ? Optional.ofNullable(System.getenv(name))
                : Optional.ofNullable(local.getProperty(name));
    }

    /** A backup at one destination. */
    record BackupCopy(BackupRepository repository, StoredBackup backup) {}

    /** All copies at all destinations, newest first. Fails if a destination is unreachable. */
    List<BackupCopy> copies() throws IOException {
        return copies((destination, failure) -> {
            throw failure;
        });
    }

    private List<BackupCopy> copiesAt(BackupDestination destination) throws IOException {
        requireDirectoryExists(destination);
        var all = new BackupRepository(destination, settings().manifestSignature());
        var repository = database == null ? all : all.forDatabase(database);
        return repository.list().stream()
                .map(backup -> new BackupCopy(repository, backup))
                .toList();
    }

    // An unmounted volume must not look like one without backups.
    private static void requireDirectoryExists(BackupDestination destination) throws BackupException {
        if (destination.kind().equals("file")
                && !Files.isDirectory(Path.of(destination.name().substring("file://".length())))) {
            throw new BackupException(
                    BackupErrorClass.STORE_READ,
                    destination.name() + " does not exist.",
                    "Check the path and that the volume is mounted. The directory is created by the first backup.");
        }
    }

    /** Like {@link #copies()}, but skips unreachable destinations with a warning. */
    List<BackupCopy> reachableCopies(Consumer<String> said) throws IOException {
        var silent = new ArrayList<IOException>();
        var copies = reachableCopies(said, silent);
        if (copies.isEmpty() && !silent.isEmpty()) {
            throw BackupException.wrap(
                    silent.getLast(),
                    BackupErrorClass.STORE_READ,
                    "No destination is reachable",
                    "Check the destinations.");
        }
        return copies;
    }

    /**
     * Like {@link #reachableCopies(Consumer)}, but may return an empty list.
     *
     * @param silent receives the failure of each unreachable destination
     */
    List<BackupCopy> reachableCopies(Consumer<String> said, List<IOException> silent) throws IOException {
        return copies((destination, failure) -> {
            said.accept(destination.name() + " is not readable: " + failure.getMessage());
            silent.add(failure);
        });
    }

    private interface UnreachableHandler {
        void handle(BackupDestination destination, IOException failure) throws IOException;
    }

    private List<BackupCopy> copies(UnreachableHandler silence) throws IOException {
        opened = settings().destinations();
        var copies = new ArrayList<BackupCopy>();
        for (var destination : opened) {
            try {
                copies.addAll(copiesAt(destination));
            } catch (IOException e) {
                silence.handle(destination, e);
            }
        }
        copies.sort(NEWEST_FIRST);
        return copies;
    }

    /**
     * The copies of the selected backup, in the order of the destinations.
     *
     * @param which an id, {@code latest}, {@code latest-verified}, or {@code before:} and an instant
     */
    static List<BackupCopy> select(List<BackupCopy> copies, String which) throws BackupException {
        var fitting = new ArrayList<BackupCopy>();
        for (var copy : copies) {
            if (matches(copy.backup(), which)) {
                fitting.add(copy);
            }
        }
        if (fitting.isEmpty()) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_MISSING,
                    "No usable backup matches '" + which + "' among " + copies.size() + ".",
                    "Run ./gazelle backup list to see the backups and their status.");
        }
        var id = fitting.getFirst().backup().id();
        if (!which.equals(id)) {
            requireOneDatabase(fitting);
        }
        return fitting.stream().filter(copy -> copy.backup().id().equals(id)).toList();
    }

    /** @throws BackupException if there are backups of several databases and none was selected */
    static void requireOneDatabase(List<BackupCopy> copies) throws BackupException {
        var databases =
                copies.stream().map(copy -> copy.backup().database()).distinct().toList();
        if (databases.size() > 1) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_REFUSED,
                    "The destinations hold backups of several databases: " + databases + ".",
                    "Select one, for example --of " + databases.getFirst() + ".");
        }
    }

    // A backup dated in the future is selected only by its id.
    private static boolean matches(StoredBackup backup, String which) throws BackupException {
        if (!backup.isGood()) {
            return false;
        }
        if (backup.id().equals(which)) {
            return true;
        }
        if (backup.takenAt().isAfter(Clock.systemUTC().instant().plus(CLOCK_TOLERANCE))) {
            return false;
        }
        if (which.equals("latest")) {
            return true;
        }
        if (which.equals("latest-verified")) {
            return backup.isVerified();
        }
        if (which.startsWith("before:")) {
            return backup.isVerified() && backup.takenAt().isBefore(parseInstant(which));
        }
        return false;
    }

    private static Instant parseInstant(String which) throws BackupException {
        try {
            return Instant.parse(which.substring("before:".length()));
        } catch (DateTimeParseException e) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_REFUSED,
                    "'" + which + "' does not contain a valid instant.",
                    "Use ISO 8601 in UTC, for example before:2026-11-23T08:00:00Z.",
                    e);
        }
    }

    /** Returns at least one key. */
    List<RecipientStanzaReader> identities() throws IOException {
        var identities = settings().identities();
        if (identities.isEmpty()) {
            throw new BackupException(
                    BackupErrorClass.KEY_MISSING,
                    "No private key given: the archives cannot be decrypted.",
                    "Use --identity FILE, or set BACKUP_IDENTITY_FILE.");
        }
        return identities;
    }

    void close() {
        opened.forEach(BackupDestination::close);
    }
}
