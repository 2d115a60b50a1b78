package ca.assistantgazelle.backup.manifest;

/** Whether it can be restored. */
public enum StoredBackupState {
    GOOD,
    /** The archive is missing or has the wrong size. */
    MISSING,
    /** The manifest does not match its signature. */
    TAMPERED,
    /** It failed a check. */
    QUARANTINED,
    /** The manifest format is not supported, for example because it is newer. */
    UNREADABLE
}
