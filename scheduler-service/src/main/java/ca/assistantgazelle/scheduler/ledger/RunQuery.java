package ca.assistantgazelle.scheduler.ledger;

import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Read-only queries on runs for the API. */
@Singleton
public class RunQuery {
    private final Database database;
    private final RunLedger ledger;

    RunQuery(Database database, RunLedger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    public Optional<JobRun> find(UUID runId) {
        return ledger.find(database, runId);
    }

    /**
     * Newest first; every filter may be null.
     *
     * @param from created at or after
     * @param to created before
     */
    public List<JobRun> list(String job, RunStatus status, Instant from, Instant to, int limit) {
        return database.list(
                """
                select %s from automation.run
                where ($1::text is null or job = $1) and ($2::text is null or status = $2)
                  and ($3::timestamptz is null or created_at >= $3) and ($4::timestamptz is null or created_at < $4)
                order by created_at desc, run_id desc
                limit $5
                """.formatted(RunRows.COLUMNS),
                RunRows::fromRow,
                job,
                status == null ? null : status.value(),
                from,
                to,
                limit);
    }

    /** The newest run of each job, open or not. */
    public Map<String, JobRun> findNewest(Collection<String> jobs) {
        return byJob("""
                select newest.*
                from unnest($1::text[]) as wanted (name) cross join lateral (
                  select %s from automation.run where job = wanted.name order by created_at desc, run_id desc limit 1) newest
                """, jobs);
    }

    /** The oldest open run of each job. */
    public Map<String, JobRun> findOpen(Collection<String> jobs) {
        return byJob("""
                select distinct on (job) %s from automation.run
                where job = any ($1) and status in ('queued', 'running', 'waiting_retry')
                order by job, created_at
                """, jobs);
    }

    /** When each job last succeeded; absent if it never did. */
    public Map<String, Instant> lastSuccesses(Collection<String> jobs) {
        return database
                .list("""
                        select wanted.name, latest.finished_at
                        from unnest($1::text[]) as wanted (name) cross join lateral (
                          select finished_at from automation.run
                          where job = wanted.name and status = 'success' and finished_at is not null
                          order by finished_at desc limit 1) latest
                        """, row -> Map.entry(row.getString("name"), SqlQueries.instant(row, "finished_at")), (Object)
                        jobs.toArray(String[]::new))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What is not delivered: events that wait for the broker or were set aside, mails to the administrator. */
    public List<String> backlogWarnings() {
        var warnings = new ArrayList<String>();
        database.list(
                "select source, unsent, oldest_at, set_aside from automation.v_outbox_backlog where oldest_at < now() - interval '1 minute' or set_aside > 0",
                row -> warnings.add("%s: %d events are not published, %d were set aside"
                        .formatted(row.getString("source"), row.getLong("unsent"), row.getLong("set_aside"))));
        database.list(
                "select waiting, oldest_at, last_error from automation.v_admin_backlog where waiting > 0",
                row -> warnings.add("%d admin notifications cannot be sent since %s: %s"
                        .formatted(
                                row.getLong("waiting"),
                                SqlQueries.instant(row, "oldest_at"),
                                row.getString("last_error"))));
        return warnings;
    }

    /** Jobs whose success is overdue according to the watchdog in alert-service. */
    public Set<String> findOverdue() {
        return Set.copyOf(database.list("select job from automation.v_overdue_job", row -> row.getString(0)));
    }

    private Map<String, JobRun> byJob(String sql, Collection<String> jobs) {
        return database
                .list(sql.formatted(RunRows.COLUMNS), RunRows::fromRow, (Object) jobs.toArray(String[]::new))
                .stream()
                .collect(Collectors.toMap(JobRun::job, Function.identity()));
    }
}
