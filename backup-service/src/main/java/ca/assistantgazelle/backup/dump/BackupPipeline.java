package ca.assistantgazelle.backup.dump;

import ca.assistantgazelle.backup.archive.ArchiveEncryption;
import ca.assistantgazelle.backup.archive.HashingOutputStream;
import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.destination.FanOutOutputStream;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupId;
import ca.assistantgazelle.backup.manifest.BackupManifest;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.manifest.DatabaseFingerprint;
import ca.assistantgazelle.backup.manifest.ManifestSignature;
import ca.assistantgazelle.backup.postgresql.PostgresClientTool;
import ca.assistantgazelle.backup.verification.ArchiveContents;
import ca.assistantgazelle.backup.verification.ArchiveReadBack;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Dumps a database as of one snapshot, in bounded memory and without a local copy: pg_dump → hash → zstd → age → hash →
 * destinations. The order of the steps rules out truncated archives: pg_dump exits with 0, the last chunk is written,
 * the uploads complete, every byte is read back, and the manifest is written last. See docs/backup.md.
 */
public final class BackupPipeline {
    private final BackupSpec spec;
    private final ManifestSignature signature;
    private final BackupListener listener;
    private final Clock clock;
    private final Map<String, Long> timing = new LinkedHashMap<>();
    private final Map<BackupDestination, BackupException> failures = new LinkedHashMap<>();
    private PostgresClientTool tool;

    /** @param order what to dump, and where to store it */
    public BackupPipeline(BackupSpec order, ManifestSignature signature, BackupListener watcher, Clock clock) {
        this.spec = order;
        this.signature = signature;
        this.listener = watcher;
        this.clock = clock;
    }

    /**
     * Result of a backup.
     *
     * @param published destinations where it is verified and complete
     * @param failures the error of every other destination
     */
    public record BackupResult(
            BackupManifest manifest,
            List<BackupDestination> published,
            Map<BackupDestination, BackupException> failures) {}

    /**
     * Returns once the backup is verified and published at one or more destinations.
     *
     * @throws BackupException if it was not published anywhere; then there is no new backup
     * @throws InterruptedException if interrupted
     */
    public BackupResult run() throws IOException, InterruptedException {
        BackupPreflight.requireDirect(spec.source());
        BackupPreflight.requireSession(spec.source());
        tool = PostgresClientTool.find("pg_dump");
        if (!spec.identities().isEmpty()) {
            ArchiveEncryption.requireMatchingKeys(spec.recipients(), spec.identities());
        }
        var destinations = spec.usableDestinations(failures);
        try (var session = SnapshotSession.open(spec.source(), spec.excluded())) {
            return dumpAndPublish(session, destinations);
        } catch (SQLException e) {
            throw SnapshotSession.databaseFailure(e);
        } catch (SocketTimeoutException e) {
            throw new BackupException(
                    BackupErrorClass.STORE_STALL,
                    "A destination stopped answering.",
                    "Check the destinations and the network.",
                    e);
        } catch (InterruptedIOException e) {
            var stopped = new InterruptedException("interrupted");
            stopped.initCause(e);
            throw stopped;
        }
    }

    private BackupResult dumpAndPublish(SnapshotSession session, List<BackupDestination> destinations)
            throws IOException, SQLException, InterruptedException {
        var origin = session.origin();
        BackupPreflight.requireVersion(tool, origin.majorVersion(), origin.serverVersion());
        BackupPreflight.requireReadable(session.connection(), spec.excluded());
        BackupPreflight.requireSnapshot(spec.source(), session.snapshot());
        session.lockTables();
        var moment = session.snapshotInfo();
        var id = BackupId.of(moment.takenAt());
        var key = BackupId.folder(spec.source().database(), id) + BackupRepository.ARCHIVE;
        listener.onMessage("starting pg_dump " + tool.version() + " of " + spec.source() + " as " + id);
        var dump = new PgDump(spec.source(), tool, session, spec.excluded(), spec.dumpTimeout());
        var out = new FanOutOutputStream(destinations, key, spec.stallTimeout());
        try {
            var written = writeArchive(dump, out);
            failures.putAll(out.failures());
            var archive = written.archiveInfo(key, spec.recipients());
            var facts = new SnapshotFacts(session, origin, moment, id, dump.arguments());
            return verifyAndPublish(facts, written, archive, out.completedDestinations());
        } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
            out.cancel("the backup was aborted");
            throw e;
        }
    }

    private record SnapshotFacts(
            SnapshotSession session,
            BackupManifest.BackupOrigin origin,
            BackupManifest.SnapshotInfo snapshot,
            String id,
            List<String> arguments) {}

    private WrittenArchive writeArchive(PgDump dump, FanOutOutputStream out) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var stored = new HashingOutputStream(out);
        var sealing = ArchiveEncryption.encrypt(stored, spec.recipients());
        var plain = new HashingOutputStream(sealing.stream());
        var done = dump.writeTo(
                plain, "gz-backup/" + spec.runId(), bytes -> listener.onProgress("dump", bytes, out.bytesWritten()));
        if (!done.stderr().isEmpty()) {
            listener.onMessage("pg_dump wrote to stderr: " + done.stderr());
        }
        // Only after exit code 0: without this last chunk the archive cannot be decrypted.
        plain.close();
        recordTiming("dump", start);
        out.complete();
        recordTiming("upload", start);
        return new WrittenArchive(plain, stored, sealing.opener(), done);
    }

    // A destination counts as soon as it is verified; a later failure elsewhere does not undo it.
    private BackupResult verifyAndPublish(
            SnapshotFacts facts,
            WrittenArchive written,
            BackupManifest.ArchiveInfo archive,
            List<BackupDestination> arrived)
            throws IOException, SQLException, InterruptedException {
        var openers = spec.identities().isEmpty() ? List.of(written.opener()) : spec.identities();
        BackupManifest manifest = null;
        var published = new ArrayList<BackupDestination>();
        for (var destination : arrived) {
            listener.onProgress("verify", archive.plainBytes(), Map.of());
            long start = System.nanoTime();
            try {
                var archived =
                        verify(destination, archive, openers, written.dump().contents());
                if (manifest == null) {
                    recordTiming("verify", start);
                    manifest = createManifest(facts, written, archive, archived, arrived);
                }
                publish(destination, manifest);
                published.add(destination);
            } catch (IOException e) {
                recordFailure(facts.id(), destination, e);
            }
        }
        if (published.isEmpty()) {
            throw BackupException.combine(failures.values());
        }
        return new BackupResult(manifest, published, failures);
    }

    private void publish(BackupDestination destination, BackupManifest manifest) throws IOException {
        listener.onProgress("publish", manifest.archive().plainBytes(), Map.of());
        listener.beforePublishing(destination, manifest);
        try {
            new BackupRepository(destination, signature).publish(manifest);
        } catch (IOException e) {
            throw BackupException.wrap(
                    e,
                    BackupErrorClass.PUBLISH,
                    destination.name() + ": the manifest could not be written",
                    "Check the destination. The incomplete upload is not a backup and will be cleaned up.");
        }
        listener.onMessage(destination.name() + ": " + manifest.id() + " was verified and published");
    }

    private static ArchiveContents verify(
            BackupDestination destination,
            BackupManifest.ArchiveInfo archive,
            List<RecipientStanzaReader> openers,
            DatabaseFingerprint contents)
            throws IOException, InterruptedException {
        var archived = new ArchiveReadBack(destination, archive, openers).verifyContents();
        var missing = archived.missing(contents);
        if (!missing.isEmpty()) {
            throw new BackupException(
                    BackupErrorClass.VERIFY_CONTENT,
                    destination.name() + ": the archive is incomplete: " + String.join("; ", missing),
                    "See the output of pg_dump in the run's log. Earlier backups are not affected.");
        }
        return archived;
    }

    private void recordFailure(String id, BackupDestination destination, IOException e) throws IOException {
        var failure = BackupException.wrap(
                e,
                BackupErrorClass.STORE_READ,
                destination.name() + ": the archive could not be read back",
                "Check the destination. This copy does not count as a backup.");
        failures.put(destination, failure);
        listener.onMessage(destination.name() + ": " + failure.getMessage());
        if (failure.errorClass() == BackupErrorClass.VERIFY_BYTES
                || failure.errorClass() == BackupErrorClass.VERIFY_CONTENT) {
            try {
                new BackupRepository(destination, signature)
                        .quarantine(
                                BackupId.folder(spec.source().database(), id), failure.getMessage(), clock.instant());
            } catch (IOException later) {
                // Without a manifest it is not a backup in any case.
                failure.addSuppressed(later);
            }
        }
    }

    private BackupManifest createManifest(
            SnapshotFacts facts,
            WrittenArchive written,
            BackupManifest.ArchiveInfo archive,
            ArchiveContents archived,
            List<BackupDestination> arrived)
            throws SQLException {
        var contents = written.dump().contents();
        return new BackupManifest(
                BackupManifest.FORMAT,
                facts.id(),
                spec.runId(),
                spec.reason(),
                facts.origin(),
                new BackupManifest.DumpToolInfo(spec.serviceVersion(), "pg_dump", tool.version(), facts.arguments()),
                facts.snapshot(),
                new BackupManifest.BackupScope(facts.session().schemas(), spec.excluded()),
                facts.session().roles(),
                facts.session().extensions(),
                contents.tables(),
                contents.objects(),
                contents.definitions(),
                archived.sequencesNamedAs(contents.sequences()),
                archive,
                new BackupManifest.VerificationInfo("L2", clock.instant()),
                arrived.stream()
                        .map(one -> new BackupManifest.ArchiveLocation(one.name(), one.kind(), archive.key()))
                        .toList(),
                timing);
    }

    private void recordTiming(String phase, long start) {
        timing.put(phase, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
}
