package ca.assistantgazelle.backup.failure;

import java.util.Locale;

/** Classes of backup, verification and restore failures. */
public enum BackupErrorClass {
    /** A setting is missing or invalid. */
    CONFIGURATION,
    SOURCE_CONNECT,
    SOURCE_AUTH,
    SOURCE_POOLER,
    SOURCE_PRIVILEGE,
    SOURCE_LOCK,
    TOOL_MISSING,
    TOOL_VERSION,
    DUMP_EXIT,
    DUMP_STALL,
    KEY_MISSING,
    KEY_IDENTITY,
    STORE_SPACE,
    STORE_AUTH,
    STORE_TRANSIENT,
    STORE_STALL,
    STORE_CONFLICT,
    STORE_QUOTA,
    STORE_SESSION,
    STORE_WRITE,
    STORE_READ,
    VERIFY_BYTES,
    VERIFY_CONTENT,
    /** The archive decrypts correctly, but pg_restore cannot read it. */
    VERIFY_UNREADABLE,
    TAMPERED,
    PUBLISH,
    /** The backup succeeded at some destinations only. */
    PARTIAL,
    DRILL_DIFFERENT,
    DRILL_INCONCLUSIVE,
    RESTORE_REFUSED,
    RESTORE_MISSING,
    RESTORE_FAILED,
    RESTORE_DIFFERENT;

    /** Readable form, for example {@code store.stall}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
    }

    /** The error class in events and troubleshooting advice, for example {@code BACKUP_STORE_STALL}. */
    public String code() {
        return "BACKUP_" + name();
    }
}
