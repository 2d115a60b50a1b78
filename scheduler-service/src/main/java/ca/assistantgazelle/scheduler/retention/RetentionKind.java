package ca.assistantgazelle.scheduler.retention;

import java.time.Duration;
import java.util.Locale;

/** The kinds of rows that grow; each is a case of the SQL function {@code automation.delete_old}. */
enum RetentionKind {
    RUNS,
    INBOX,
    SCHEDULER_LOGS,
    AUDIT,
    OUTBOX,
    NOTIFICATIONS,
    OVERDUE,
    REPORT_RUNS,
    SCANS,
    QUARANTINE,
    BACKUP_COPIES;

    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    Duration keep(RetentionConfig config) {
        return this == INBOX ? config.inbox() : config.history();
    }
}
