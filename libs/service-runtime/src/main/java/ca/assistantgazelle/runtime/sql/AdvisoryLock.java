package ca.assistantgazelle.runtime.sql;

import java.util.Collection;
import java.util.List;

/**
 * Advisory locks of PostgreSQL, by name. Each is held until the end of the transaction. The names must not change while
 * two versions may run side by side.
 */
public enum AdvisoryLock {
    /** Creating runs of a job. */
    JOB("gazelle job "),
    /** Reconciling the job catalogue with {@code automation.job_state}. */
    CATALOGUE("gazelle catalogue"),
    /** Storing the analysis of notes. */
    NOTE_ANALYSIS("gazelle note analysis");

    private final String prefix;

    AdvisoryLock(String prefix) {
        this.prefix = prefix;
    }

    /** Waits for the lock that has no subject. */
    public void acquire(SqlQueries transaction) {
        acquire(transaction, List.of(""));
    }

    /** Waits for the locks of these subjects, in an order that does not depend on the caller. */
    public void acquire(SqlQueries transaction, Collection<String> subjects) {
        transaction.list("""
                select pg_advisory_xact_lock(hashtextextended($1 || subject, 0))
                from unnest($2::text[]) with ordinality as wanted (subject, place) order by place
                """, row -> true, prefix, subjects.stream().sorted().toArray(String[]::new));
    }
}
