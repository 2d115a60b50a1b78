package ca.assistantgazelle.backup.manifest;

import ca.assistantgazelle.backup.destination.BackupDestination.StoredObject;
import java.time.Instant;
import java.util.Objects;

/**
 * A backup as found at a destination.
 *
 * @param takenAt instant of the snapshot
 * @param manifest null if it is unreadable or not authentic
 * @param problem null if the backup is good
 * @param level highest level it passed: {@code L2} or {@code L3}
 * @param verifiedAt latest check it passed; null if none
 * @param lastDrillAt latest restore drill it passed; null if none
 * @param drillSeconds duration of that drill; null if none
 * @param leasedUntil end of the lease of a restore that uses it; null if none
 */
public record StoredBackup(
        String id,
        String folder,
        Instant takenAt,
        BackupManifest manifest,
        StoredBackupState state,
        String problem,
        String level,
        Instant verifiedAt,
        Instant lastDrillAt,
        Long drillSeconds,
        boolean pinned,
        Instant leasedUntil) {

    /** Folder name of the database it was taken from. */
    public String database() {
        return folder.substring(0, folder.indexOf('/'));
    }

    /** Whether it can be restored. */
    public boolean isGood() {
        return state == StoredBackupState.GOOD;
    }

    /** Whether it is good and has passed a full read-back. */
    public boolean isVerified() {
        return isGood() && verifiedAt != null;
    }

    /** Verification status: VERIFIED, STORED, or the name of a bad state. */
    public String status() {
        return isVerified() ? "VERIFIED" : isGood() ? "STORED" : state.name();
    }

    /** Builds a stored backup from the objects of its folder. */
    static final class StoredBackupBuilder {
        private final String id;
        private final String folder;
        private Instant takenAt;
        private BackupManifest manifest;
        private StoredBackupState state = StoredBackupState.GOOD;
        private String problem;
        private String level;
        private Instant verifiedAt;
        private Instant lastDrillAt;
        private Long drillSeconds;
        private boolean pinned;
        private Instant leasedUntil;

        StoredBackupBuilder(String id, String folder, Instant takenAt) {
            this.id = id;
            this.folder = folder;
            this.takenAt = takenAt;
        }

        /** @param archive null if missing */
        void manifest(BackupManifest read, StoredObject archive) {
            manifest = read;
            if (!BackupManifest.FORMAT.equals(read.format())) {
                markInvalid(StoredBackupState.UNREADABLE, "format " + read.format() + " is not supported");
            } else if (!read.folder().equals(folder)) {
                markInvalid(StoredBackupState.TAMPERED, "its manifest belongs to backup " + read.id());
            } else if (archive == null) {
                markInvalid(StoredBackupState.MISSING, "the archive is missing");
            } else if (archive.bytes() != read.archive().storedBytes()) {
                markInvalid(
                        StoredBackupState.MISSING,
                        "the archive has "
                                + archive.bytes()
                                + " bytes instead of "
                                + read.archive().storedBytes());
            }
            if (state == StoredBackupState.GOOD) {
                // More precise than the id, which has a resolution of one second.
                takenAt = read.snapshot().takenAt();
            }
            if (read.verification() != null) {
                addVerification(
                        read.verification().level(), true, read.verification().at(), null);
            }
        }

        void markInvalid(StoredBackupState worse, String why) {
            if (state == StoredBackupState.GOOD) {
                state = worse;
                problem = why;
            }
        }

        void addVerification(String checkedLevel, boolean passed, Instant at, Long seconds) {
            if (!passed) {
                return;
            }
            if (level == null || checkedLevel.compareTo(level) > 0) {
                level = checkedLevel;
            }
            if (verifiedAt == null || at.isAfter(verifiedAt)) {
                verifiedAt = at;
            }
            if (seconds != null && (lastDrillAt == null || at.isAfter(lastDrillAt))) {
                lastDrillAt = at;
                drillSeconds = seconds;
            }
        }

        void extendLease(Instant until) {
            Objects.requireNonNull(until, "lease without an end");
            if (leasedUntil == null || until.isAfter(leasedUntil)) {
                leasedUntil = until;
            }
        }

        void pinned() {
            pinned = true;
        }

        StoredBackup build() {
            return new StoredBackup(
                    id,
                    folder,
                    takenAt,
                    manifest,
                    state,
                    problem,
                    level,
                    verifiedAt,
                    lastDrillAt,
                    drillSeconds,
                    pinned,
                    leasedUntil);
        }
    }
}
