package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.failure.BackupErrorClass;

/** Exit codes, documented in docs/backup.md. */
enum BackupExitCode {
    SUCCESS(0),
    /** Refused; nothing was changed. */
    REFUSED(10),
    /** The archive is missing, damaged or cannot be decrypted with the given keys. */
    ARCHIVE_UNUSABLE(20),
    FAILED(30),
    /** Restored, but different from the backup. */
    DIFFERENT(40),
    CANCELLED(50);

    private final int code;

    BackupExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static BackupExitCode of(BackupErrorClass cause) {
        return switch (cause) {
            case CONFIGURATION, RESTORE_REFUSED -> REFUSED;
            case RESTORE_DIFFERENT, DRILL_DIFFERENT -> DIFFERENT;
            case KEY_MISSING,
                    KEY_IDENTITY,
                    RESTORE_MISSING,
                    TAMPERED,
                    VERIFY_BYTES,
                    VERIFY_CONTENT,
                    VERIFY_UNREADABLE,
                    STORE_AUTH,
                    STORE_READ,
                    STORE_STALL,
                    STORE_TRANSIENT -> ARCHIVE_UNUSABLE;
            default -> FAILED;
        };
    }
}
