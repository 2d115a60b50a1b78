package ca.assistantgazelle.manifest;

import ca.assistantgazelle.archive.Hashing;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backup is and holds. A backup exists when its manifest does; it is written last and never
 * again. Source: backup.md §4.4.
 *
 * @param run the run that made it; null when none did
 * @param reason {@code scheduled}, {@code manual}, …
 * @param roles everybody whom the schema refers to
 * @param timingMs of the phases
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Manifest(
    String format,
    String id,
    String run,
    String reason,
    Origin source,
    Made tool,
    Snapshot snapshot,
    Scope scope,
    List<String> roles,
    List<Extension> extensions,
    List<Contents.Table> tables,
    Map<String, Long> objects,
    Map<String, String> definitions,
    List<Contents.Sequence> sequences,
    Archive archive,
    Verified verification,
    List<Stored> stored,
    Map<String, Long> timingMs) {
  public static final String FORMAT = "gazelle-backup/1";

  /**
   * Where it came from.
   *
   * @param systemIdentifier of the server; null when it may not be asked
   * @param fingerprint of host, port and name
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Origin(
      String database,
      String systemIdentifier,
      String serverVersion,
      String encoding,
      String fingerprint,
      String connection) {
    @JsonIgnore
    public int major() {
      return Integer.parseInt(serverVersion.split("\\D", 2)[0]);
    }
  }

  /**
   * What it was made with.
   *
   * @param arguments without secrets: there are none in them
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Made(String service, String engine, String pgDump, List<String> arguments) {}

  /**
   * The moment it shows.
   *
   * @param walLsn null where it may not be asked
   * @param migration the newest of the application's; null = none known
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Snapshot(Instant takenAt, String walLsn, String migration) {}

  /**
   * What was asked for.
   *
   * @param excluded schemas that were left out on purpose
   */
  public record Scope(List<String> schemas, List<String> excluded) {}

  /** One that must be available where it is restored. */
  public record Extension(String name, String version, String schema) {}

  /** The archive itself. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Archive(
      String key,
      String format,
      long plainBytes,
      String plainSha256,
      String compression,
      Encryption encryption,
      long storedBytes,
      String storedSha256,
      List<Hashing.Part> parts) {}

  /**
   * Who can open it.
   *
   * @param recipients age public keys
   */
  public record Encryption(String scheme, List<String> recipients) {}

  /**
   * How it was read back before it counted.
   *
   * @param level {@code L2}: every byte, decoded, every row counted
   */
  public record Verified(String level, Instant at) {}

  /** Where the archive was sent; it counts where this manifest lies beside it. */
  public record Stored(String destination, String kind, String key) {}

  /** The folder of its objects. */
  @JsonIgnore
  public String folder() {
    return archive.key().substring(0, archive.key().lastIndexOf('/') + 1);
  }

  /** What a restored database must hold. */
  @JsonIgnore
  public Contents contents() {
    return new Contents(tables, sequences, objects, definitions);
  }

  /** Rows of all tables. */
  @JsonIgnore
  public long rows() {
    return tables.stream().mapToLong(Contents.Table::rows).sum();
  }
}
