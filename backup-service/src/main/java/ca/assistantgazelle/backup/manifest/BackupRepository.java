package ca.assistantgazelle.backup.manifest;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.destination.BackupDestination.StoredObject;
import ca.assistantgazelle.backup.failure.BackupException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The backups stored at one destination. A backup exists if and only if its manifest exists and matches its signature.
 * Folders that were never completed are orphans.
 */
public final class BackupRepository {
    private static final Logger LOG = Logger.getLogger(BackupRepository.class);
    public static final String ARCHIVE = "archive.zst.age";
    static final String MANIFEST = "manifest.json";
    private static final String SIGNATURE = "manifest.mac";
    private static final String VERIFICATIONS = "verify/";
    private static final String LEASE = "lease/";
    private static final String QUARANTINE = "quarantine.json";
    private static final String PIN = "pin.json";
    private static final String REMOVED = "removed/";

    private final BackupDestination destination;
    private final ManifestSignature signature;
    private final String prefix;

    /** Covers the backups of all databases. */
    public BackupRepository(BackupDestination destination, ManifestSignature signature) {
        this(destination, signature, "");
    }

    private BackupRepository(BackupDestination destination, ManifestSignature signature, String prefix) {
        this.destination = destination;
        this.signature = signature;
        this.prefix = prefix;
    }

    /** Restricted to the backups of one database. */
    public BackupRepository forDatabase(String database) {
        return new BackupRepository(destination, signature, BackupId.databaseFolder(database) + "/");
    }

    public BackupDestination destination() {
        return destination;
    }

    /** Writes the manifest, the last object of a backup. */
    public void publish(BackupManifest manifest) throws IOException {
        var bytes = BackupJson.write(manifest);
        destination.put(manifest.folder() + SIGNATURE, signature.sign(bytes));
        destination.put(manifest.folder() + MANIFEST, bytes);
    }

    /** Result of a check, stored with the backup as a new object: objects are never overwritten. */
    record VerificationRecord(String level, boolean passed, Instant at, Long seconds, List<String> findings) {}

    record MarkerRecord(String reason, Instant at, Instant until) {}

    /**
     * Records a later verification or restore drill.
     *
     * @param level {@code L2} or {@code L3}
     * @param seconds duration of a restore drill; null otherwise
     * @param findings the problems found; empty if it passed
     */
    public void recordVerification(String folder, String level, Instant at, Long seconds, List<String> findings)
            throws IOException {
        destination.put(
                folder + VERIFICATIONS + level + "-" + BackupId.stamp(at) + ".json",
                BackupJson.write(new VerificationRecord(level, findings.isEmpty(), at, seconds, findings)));
    }

    /** Marks a backup as invalid; it is kept for inspection. */
    public void quarantine(String folder, String reason, Instant at) throws IOException {
        if (destination.list(folder + QUARANTINE).isEmpty()) {
            destination.put(folder + QUARANTINE, BackupJson.write(new MarkerRecord(reason, at, null)));
        }
    }

    /**
     * Protects a backup from removal until then, or until it is released.
     *
     * @return the key for {@link #release}
     */
    public String lease(String folder, String reason, Instant at, Instant until) throws IOException {
        var key = folder + LEASE + BackupId.stamp(at) + "-" + BackupId.random() + ".json";
        destination.put(key, BackupJson.write(new MarkerRecord(reason, at, until)));
        return key;
    }

    public void release(String lease) throws IOException {
        destination.delete(lease);
    }

    /** Records that a person removed a backup on purpose, so that it is not reported as missing. */
    public void recordRemoval(StoredBackup backup, Instant at) throws IOException {
        destination.put(
                removalKey(backup.database(), backup.id()),
                BackupJson.write(new MarkerRecord("removed by hand", at, null)));
    }

    /** Ids of the backups that were removed on purpose. */
    public List<String> removals() throws IOException {
        return destination.list(prefix + REMOVED).stream()
                .map(object -> object.key().replaceFirst("^.*/", "").replaceFirst("\\.json$", ""))
                .toList();
    }

    /** Deletes the records of removals once they are processed. */
    public void clearRemovals(List<String> ids) throws IOException {
        for (var id : ids) {
            destination.delete(prefix + REMOVED + id + ".json");
        }
    }

    private static String removalKey(String database, String id) {
        return database + "/" + REMOVED + id + ".json";
    }

    /** Objects of one folder. */
    private static final class FolderListing {
        private final TreeMap<String, StoredObject> objects = new TreeMap<>();
    }

    /** Newest first. */
    public List<StoredBackup> list() throws IOException {
        var backups = new ArrayList<StoredBackup>();
        for (var folder : folders().entrySet()) {
            if (folder.getValue().objects.containsKey(MANIFEST)) {
                backups.add(read(folder.getKey(), folder.getValue()));
            }
        }
        backups.sort(Comparator.comparing(StoredBackup::takenAt)
                .thenComparing(StoredBackup::id)
                .reversed());
        return backups;
    }

    /**
     * Folders with neither manifest nor signature: backups that were never completed. A signature without a manifest is
     * a damaged backup, which is kept for inspection.
     */
    public List<OrphanedFolder> orphans() throws IOException {
        var orphans = new ArrayList<OrphanedFolder>();
        for (var folder : folders().entrySet()) {
            var objects = folder.getValue().objects;
            if (!objects.containsKey(MANIFEST) && !objects.containsKey(SIGNATURE)) {
                orphans.add(new OrphanedFolder(
                        folder.getKey(),
                        objects.values().stream()
                                .map(StoredObject::modified)
                                .filter(Objects::nonNull)
                                .max(Comparator.naturalOrder())
                                .orElse(BackupId.instant(BackupId.fromFolder(folder.getKey()))),
                        objects.values().stream().map(StoredObject::key).toList(),
                        objects.containsKey(QUARANTINE)));
            }
        }
        return orphans;
    }

    /**
     * A backup that was never completed.
     *
     * @param lastModified when its newest object was written
     * @param quarantined whether it was completed but failed verification
     */
    public record OrphanedFolder(String folder, Instant lastModified, List<String> keys, boolean quarantined) {
        public String id() {
            return BackupId.fromFolder(folder);
        }
    }

    /** Removes a backup: first the manifest, so that it no longer counts, then the other objects. */
    public void remove(StoredBackup backup) throws IOException {
        destination.delete(backup.folder() + MANIFEST);
        destination.delete(backup.folder() + SIGNATURE);
        for (var object : destination.list(backup.folder())) {
            destination.delete(object.key());
        }
    }

    private Map<String, FolderListing> folders() throws IOException {
        var folders = new TreeMap<String, FolderListing>();
        for (var object : destination.list(prefix)) {
            var folder = BackupId.folderOfKey(object.key());
            if (folder != null) {
                folders.computeIfAbsent(folder, key -> new FolderListing())
                        .objects
                        .put(object.key().substring(folder.length()), object);
            }
        }
        return folders;
    }

    private StoredBackup read(String folder, FolderListing found) throws IOException {
        var id = BackupId.fromFolder(folder);
        var state = new StoredBackup.StoredBackupBuilder(id, folder, BackupId.instant(id));
        // A read failure is thrown: it does not mean that the backup is damaged.
        var bytes = readBytes(folder + MANIFEST);
        var mark = found.objects.containsKey(SIGNATURE) ? readBytes(folder + SIGNATURE) : null;
        try {
            signature.requireValid(bytes, mark);
            state.manifest(BackupJson.read(bytes, BackupManifest.class), found.objects.get(ARCHIVE));
        } catch (BackupException e) {
            state.markInvalid(StoredBackupState.TAMPERED, e.getMessage());
        } catch (IOException | RuntimeException e) {
            state.markInvalid(StoredBackupState.UNREADABLE, "the format of its manifest is not supported");
        }
        for (var object : found.objects.values()) {
            applyMarker(state, object, object.key().substring(folder.length()));
        }
        return state.build();
    }

    private void applyMarker(StoredBackup.StoredBackupBuilder state, StoredObject object, String name) {
        if (name.equals(PIN)) {
            state.pinned();
        } else if (name.startsWith(VERIFICATIONS)) {
            readMarker(object, VerificationRecord.class)
                    .filter(check -> check.level() != null && check.at() != null)
                    .ifPresent(
                            check -> state.addVerification(check.level(), check.passed(), check.at(), check.seconds()));
        } else if (name.startsWith(LEASE)) {
            // An unreadable lease is assumed to be valid for a day.
            readMarker(object, MarkerRecord.class)
                    .map(MarkerRecord::until)
                    .or(() -> Optional.ofNullable(object.modified()).map(at -> at.plus(Duration.ofDays(1))))
                    .ifPresent(state::extendLease);
        } else if (name.equals(QUARANTINE)) {
            state.markInvalid(
                    StoredBackupState.QUARANTINED,
                    readMarker(object, MarkerRecord.class)
                            .map(MarkerRecord::reason)
                            .orElse("the reason is not readable"));
        }
    }

    // A marker that has disappeared or is corrupt must not hide the backups.
    private <T> Optional<T> readMarker(StoredObject object, Class<T> kind) {
        try {
            return Optional.ofNullable(BackupJson.read(readBytes(object.key()), kind));
        } catch (IOException | RuntimeException e) {
            LOG.warnf("Failed to read a marker at %s: %s: %s", destination.name(), object.key(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Removes the quarantine of a backup that passed a later check. */
    public void liftQuarantine(String folder) throws IOException {
        destination.delete(folder + QUARANTINE);
    }

    /** Pins a backup, so that retention keeps it, or unpins it. */
    public void pin(String folder, boolean pinned, String reason, Instant at) throws IOException {
        if (pinned && destination.list(folder + PIN).isEmpty()) {
            destination.put(folder + PIN, BackupJson.write(new MarkerRecord(reason, at, null)));
        } else if (!pinned) {
            destination.delete(folder + PIN);
        }
    }

    private byte[] readBytes(String key) throws IOException {
        try (var in = destination.read(key)) {
            return in.readAllBytes();
        }
    }
}
