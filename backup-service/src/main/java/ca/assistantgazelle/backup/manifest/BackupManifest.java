package ca.assistantgazelle.backup.manifest;

import ca.assistantgazelle.backup.archive.HashingOutputStream;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Describes a backup and its contents. A backup exists if and only if its manifest does; the manifest is written last
 * and never changed. See docs/backup.md.
 *
 * @param run id of the run that made it; null if none
 * @param reason {@code scheduled}, {@code manual}, …
 * @param roles all roles that the schema refers to
 * @param timingMs duration of each phase
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BackupManifest(
        String format,
        String id,
        String run,
        String reason,
        BackupOrigin source,
        DumpToolInfo tool,
        SnapshotInfo snapshot,
        BackupScope scope,
        List<String> roles,
        List<RequiredExtension> extensions,
        List<DatabaseFingerprint.TableSummary> tables,
        Map<String, Long> objects,
        Map<String, String> definitions,
        List<DatabaseFingerprint.SequenceState> sequences,
        ArchiveInfo archive,
        VerificationInfo verification,
        List<ArchiveLocation> stored,
        Map<String, Long> timingMs) {
    public static final String FORMAT = "gazelle-backup/1";

    /**
     * The source database.
     *
     * @param systemIdentifier of the server; null if not readable
     * @param fingerprint hash of host, port and database name
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record BackupOrigin(
            String database,
            String systemIdentifier,
            String serverVersion,
            String encoding,
            String fingerprint,
            String connection) {
        @JsonIgnore
        public int majorVersion() {
            return Integer.parseInt(serverVersion.split("\\D", 2)[0]);
        }
    }

    /**
     * The software that made it.
     *
     * @param arguments of pg_dump; they contain no secrets
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record DumpToolInfo(String service, String engine, String pgDump, List<String> arguments) {}

    /**
     * The snapshot.
     *
     * @param walLsn null if not readable
     * @param migration the latest schema migration of the application; null if unknown
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record SnapshotInfo(Instant takenAt, String walLsn, String migration) {}

    /**
     * The schemas covered.
     *
     * @param excluded schemas that were excluded by configuration
     */
    public record BackupScope(List<String> schemas, List<String> excluded) {}

    /** An extension that must be available on the target server. */
    public record RequiredExtension(String name, String version, String schema) {}

    /** The archive itself. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ArchiveInfo(
            String key,
            String format,
            long plainBytes,
            String plainSha256,
            String compression,
            EncryptionInfo encryption,
            long storedBytes,
            String storedSha256,
            List<HashingOutputStream.HashedPart> parts) {}

    /**
     * The encryption of the archive.
     *
     * @param recipients age public keys
     */
    public record EncryptionInfo(String scheme, List<String> recipients) {}

    /**
     * The verification before publication.
     *
     * @param level {@code L2}: every byte read and decrypted, every row counted
     */
    public record VerificationInfo(String level, Instant at) {}

    /** A destination the archive was sent to; it is valid only where the manifest exists too. */
    public record ArchiveLocation(String destination, String kind, String key) {}

    /** The folder of the backup, with a trailing slash. */
    @JsonIgnore
    public String folder() {
        return archive.key().substring(0, archive.key().lastIndexOf('/') + 1);
    }

    /** The expected contents of a restored database. */
    @JsonIgnore
    public DatabaseFingerprint contents() {
        return new DatabaseFingerprint(tables, sequences, objects, definitions);
    }

    /** Number of rows of all tables. */
    @JsonIgnore
    public long totalRows() {
        return tables.stream().mapToLong(DatabaseFingerprint.TableSummary::rows).sum();
    }
}
