package ca.assistantgazelle.backup.config;

import ca.assistantgazelle.backup.archive.AgeEncryptionKeys;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.ManifestSignature;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.retention.RetentionPolicy;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settings by their documented names; the service reads them from its configuration, the command line from its
 * environment.
 */
public final class BackupSettings {
    private static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration DEFAULT_DUMP_TIMEOUT = Duration.ofMinutes(5);

    private final Function<String, Optional<String>> values;

    /** @param values returns the value of a variable; empty if not set */
    public BackupSettings(Function<String, Optional<String>> values) {
        this.values = values;
    }

    private Optional<String> value(String name) {
        return values.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * {@code BACKUP_DESTINATIONS}, separated by commas or spaces.
     *
     * @return at least one; to be closed by the caller
     */
    public List<BackupDestination> destinations() throws BackupException {
        var addresses = value("BACKUP_DESTINATIONS")
                .orElseThrow(() -> notSet(
                        "BACKUP_DESTINATIONS",
                        "List the destinations: file:///directory, s3://bucket/prefix, gdrive://folder."));
        return new DestinationFactory(this::value, stallTimeout())
                .createAll(Arrays.stream(addresses.split("[,\\s]+"))
                        .filter(one -> !one.isEmpty())
                        .toList());
    }

    /** {@code BACKUP_RECIPIENTS_FILE}, which is required to make a backup. */
    public List<String> recipients() throws BackupException {
        return AgeEncryptionKeys.recipients(Path.of(value("BACKUP_RECIPIENTS_FILE")
                .orElseThrow(() -> new BackupException(
                        BackupErrorClass.KEY_MISSING,
                        "BACKUP_RECIPIENTS_FILE is not set. Backups are never written unencrypted.",
                        "Set it to a file of age public keys; ./gazelle backup keygen creates one."))));
    }

    /** {@code BACKUP_IDENTITY_FILE}; empty if there is no private key on this host. */
    public List<RecipientStanzaReader> identities() throws BackupException {
        var file = value("BACKUP_IDENTITY_FILE");
        return file.isPresent() ? AgeEncryptionKeys.identities(Path.of(file.get())) : List.of();
    }

    /** {@code BACKUP_EXCLUDED_SCHEMAS}: schemas that are not backed up; listed in each manifest. */
    public List<String> excludedSchemas() {
        return value("BACKUP_EXCLUDED_SCHEMAS")
                .map(list -> Arrays.stream(list.split("\\s*,\\s*")).toList())
                .orElse(List.of());
    }

    /** {@code BACKUP_RETENTION}. */
    public RetentionPolicy retentionPolicy() throws BackupException {
        return RetentionPolicy.parse(value("BACKUP_RETENTION").orElse(""));
    }

    /** {@code BACKUP_STALL_TIMEOUT}: how long a destination may make no progress. */
    public Duration stallTimeout() throws BackupException {
        return duration("BACKUP_STALL_TIMEOUT", DEFAULT_STALL_TIMEOUT);
    }

    /** {@code BACKUP_DUMP_TIMEOUT}: how long pg_dump may write nothing. */
    public Duration dumpTimeout() throws BackupException {
        return duration("BACKUP_DUMP_TIMEOUT", DEFAULT_DUMP_TIMEOUT);
    }

    /** {@code BACKUP_DRILL_URL}: the server for scratch databases of restore drills. */
    public Optional<DatabaseAddress> drillServer() throws BackupException {
        var url = value("BACKUP_DRILL_URL");
        return url.isPresent() ? Optional.of(DatabaseUrl.parse(url.get(), this::value)) : Optional.empty();
    }

    /** {@code PGHOST}, {@code PGPORT}, …; empty if PGHOST is not set. */
    public Optional<DatabaseAddress> database() throws BackupException {
        var host = value("PGHOST");
        return host.isPresent() ? Optional.of(DatabaseUrl.fromVariables(host.get(), this::value)) : Optional.empty();
    }

    /** A database by its URL; missing parts are taken from PGUSER, PGPASSWORD, … */
    public DatabaseAddress database(String url) throws BackupException {
        return DatabaseUrl.parse(url, this::value);
    }

    /** {@code BACKUP_MAC_KEY_FILE}; empty if not set, so that the secret in the database is used. */
    public Optional<byte[]> manifestSecret() throws BackupException {
        var file = value("BACKUP_MAC_KEY_FILE");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(Path.of(file.get())));
        } catch (IOException e) {
            throw new BackupException(
                    BackupErrorClass.KEY_MISSING,
                    "The file named by BACKUP_MAC_KEY_FILE is not readable.",
                    "Make sure that it exists and is readable by this service.",
                    e);
        }
    }

    /** For use without the service's database: forgeries are detected only with BACKUP_MAC_KEY_FILE. */
    public ManifestSignature manifestSignature() throws BackupException {
        return new ManifestSignature(manifestSecret().orElse(null));
    }

    private Duration duration(String name, Duration usual) throws BackupException {
        var text = value(name);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            var duration = Duration.parse(text.get());
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw invalid(name, e);
        }
        throw invalid(name, null);
    }

    private static BackupException invalid(String name, Exception e) {
        return new BackupException(
                BackupErrorClass.CONFIGURATION,
                name + " is not a positive duration.",
                "Use ISO 8601, for example PT2M.",
                e);
    }

    static BackupException notSet(String name, String suggestion) {
        return new BackupException(BackupErrorClass.CONFIGURATION, name + " is not set.", suggestion);
    }
}
