package ca.assistantgazelle.alert.adminalert;

/** Why the admin is notified; the event of its payload. */
enum AdminNotificationKind {
    RUN_FAILED,
    RUN_OVERDUE,
    RUN_RECOVERED,
    /** An OAuth token is about to expire and was not renewed. */
    TOKEN_EXPIRING,
    /** The newest verified backup is too old, or a backup is missing or damaged. */
    BACKUP_WARNING;

    /** True when it concerns no run. */
    boolean isWarning() {
        return this == TOKEN_EXPIRING || this == BACKUP_WARNING;
    }
}
