package ca.assistantgazelle.setup;

import ca.assistantgazelle.archive.Keys;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.postgresql.Source;
import ca.assistantgazelle.retention.RetentionPolicy;
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
 * What people set, by the documented names: of the service from its configuration, of the command
 * line from its environment.
 */
public final class Setup {
  private static final Duration STALL = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Function<String, Optional<String>> values;

  /**
   * @param values by variable; empty when it is not set
   */
  public Setup(Function<String, Optional<String>> values) {
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
  public List<Destination> destinations() throws BackupException {
    var addresses =
        value("BACKUP_DESTINATIONS")
            .orElseThrow(
                () ->
                    missing(
                        "BACKUP_DESTINATIONS",
                        "List where backups go: file:///directory, s3://bucket/prefix, gdrive://folder."));
    return new Addresses(this::value, stall())
        .destinations(
            Arrays.stream(addresses.split("[,\\s]+")).filter(one -> !one.isEmpty()).toList());
  }

  /** {@code BACKUP_RECIPIENTS_FILE}: without it nothing is ever written. */
  public List<String> recipients() throws BackupException {
    return Keys.recipients(
        Path.of(
            value("BACKUP_RECIPIENTS_FILE")
                .orElseThrow(
                    () ->
                        new BackupException(
                            Cause.KEY_MISSING,
                            "BACKUP_RECIPIENTS_FILE is not set: no backup is ever written in clear.",
                            "Name a file of age public keys; ./gazelle backup keygen writes one."))));
  }

  /** {@code BACKUP_IDENTITY_FILE}; empty when this place has no private key. */
  public List<RecipientStanzaReader> identities() throws BackupException {
    var file = value("BACKUP_IDENTITY_FILE");
    return file.isPresent() ? Keys.identities(Path.of(file.get())) : List.of();
  }

  /** {@code BACKUP_EXCLUDED_SCHEMAS}: what stays out on purpose, and is named in each manifest. */
  public List<String> excluded() {
    return value("BACKUP_EXCLUDED_SCHEMAS")
        .map(list -> Arrays.stream(list.split("\\s*,\\s*")).toList())
        .orElse(List.of());
  }

  /** {@code BACKUP_RETENTION}. */
  public RetentionPolicy retention() throws BackupException {
    return RetentionPolicy.parse(value("BACKUP_RETENTION").orElse(""));
  }

  /** {@code BACKUP_STALL_TIMEOUT}: a destination is given up after so long without progress. */
  public Duration stall() throws BackupException {
    return duration("BACKUP_STALL_TIMEOUT", STALL);
  }

  /** {@code BACKUP_DUMP_TIMEOUT}: pg_dump is given up after so long without a byte. */
  public Duration patience() throws BackupException {
    return duration("BACKUP_DUMP_TIMEOUT", PATIENCE);
  }

  /** {@code BACKUP_DRILL_URL}: the server of scratch databases. */
  public Optional<Source> drillServer() throws BackupException {
    var url = value("BACKUP_DRILL_URL");
    return url.isPresent()
        ? Optional.of(DatabaseUrl.parse(url.get(), this::value))
        : Optional.empty();
  }

  /** {@code PGHOST} and its kin; empty when no host is named. */
  public Optional<Source> database() throws BackupException {
    var host = value("PGHOST");
    return host.isPresent()
        ? Optional.of(DatabaseUrl.fromVariables(host.get(), this::value))
        : Optional.empty();
  }

  /**
   * A database by its address, with what the address leaves out taken from PGUSER, PGPASSWORD, …
   */
  public Source database(String url) throws BackupException {
    return DatabaseUrl.parse(url, this::value);
  }

  /** {@code BACKUP_MAC_KEY_FILE}; empty when the secret is kept elsewhere. */
  public Optional<byte[]> sealSecret() throws BackupException {
    var file = value("BACKUP_MAC_KEY_FILE");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(Path.of(file.get())));
    } catch (IOException e) {
      throw new BackupException(
          Cause.KEY_MISSING,
          "BACKUP_MAC_KEY_FILE names a file that cannot be read.",
          "See that it exists and may be read by this service.",
          e);
    }
  }

  /**
   * For places without the service's database: forgeries are told only with BACKUP_MAC_KEY_FILE.
   */
  public Seal seal() throws BackupException {
    return new Seal(sealSecret().orElse(null));
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
        Cause.CONFIGURATION,
        name + " is not a duration above zero.",
        "Write it as ISO 8601 does, for example PT2M.",
        e);
  }

  static BackupException missing(String name, String suggestion) {
    return new BackupException(Cause.CONFIGURATION, name + " is not set.", suggestion);
  }
}
