package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.config.BackupSettings;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        copies.sort(BackupCopy.NEWEST_FIRST);
        return copies;
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
