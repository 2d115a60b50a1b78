package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** SQL on {@code automation.job_state}. A scheduler plans a job only while it holds its row lock. */
@Singleton
public class JobStateStore {
    /** Locks the jobs with a due fire that no other scheduler has locked, until the transaction ends. */
    List<JobState> claimDue(SqlQueries transaction, Instant now, int most, Collection<String> unknown) {
        return transaction.list(
                """
                select %s from automation.job_state
                where next_at <= $1 and not removed and job <> all ($3)
                order by next_at
                limit $2
                for update skip locked
                """.formatted(JobState.COLUMNS), JobState::of, now, most, unknown.toArray(String[]::new));
    }

    /** Locks all jobs ever planned until the transaction ends. */
    List<JobState> lockAll(SqlQueries transaction) {
        return transaction.list(
                "select %s from automation.job_state order by job for update".formatted(JobState.COLUMNS),
                JobState::of);
    }

    Optional<JobState> lock(SqlQueries transaction, String job) {
        return transaction.first(
                "select %s from automation.job_state where job = $1 for update".formatted(JobState.COLUMNS),
                JobState::of,
                job);
    }

    /** How many of these jobs have a row. */
    long count(SqlQueries queries, Collection<String> jobs) {
        return queries.first(
                        "select count(*) from automation.job_state where job = any ($1)",
                        row -> row.getLong(0),
                        (Object) jobs.toArray(String[]::new))
                .orElseThrow();
    }

    List<JobState> findAll(SqlQueries queries) {
        return queries.list("select %s from automation.job_state".formatted(JobState.COLUMNS), JobState::of);
    }

    /** Updates the positions of existing rows. */
    void advance(SqlQueries transaction, List<JobState> states) {
        transaction.update(
                """
                update automation.job_state s
                set planned_until = u.planned_until, next_at = u.next_at, paused_at = case when u.paused then paused_at end
                from unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::boolean[])
                  as u (job, planned_until, next_at, paused)
                where s.job = u.job
                """,
                states.stream().map(JobState::job).toArray(String[]::new),
                instants(states, JobState::plannedUntil),
                instants(states, JobState::nextAt),
                states.stream().map(state -> state.pause() != null).toArray(Boolean[]::new));
    }

    void save(SqlQueries transaction, List<JobState> states) {
        if (states.isEmpty()) {
            return;
        }
        transaction.update(
                """
                insert into automation.job_state
                  (job, schedule, planned_until, next_at, removed, paused_at, paused_until, paused_by, pause_reason)
                select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::boolean[],
                  $6::timestamptz[], $7::timestamptz[], $8::text[], $9::text[])
                on conflict (job) do update
                set schedule = excluded.schedule, planned_until = excluded.planned_until, next_at = excluded.next_at,
                  removed = excluded.removed, paused_at = excluded.paused_at, paused_until = excluded.paused_until,
                  paused_by = excluded.paused_by, pause_reason = excluded.pause_reason
                """,
                states.stream().map(JobState::job).toArray(String[]::new),
                states.stream().map(JobState::schedule).toArray(String[]::new),
                instants(states, JobState::plannedUntil),
                instants(states, JobState::nextAt),
                states.stream().map(JobState::removed).toArray(Boolean[]::new),
                instants(
                        states,
                        state -> state.pause() == null ? null : state.pause().since()),
                instants(
                        states,
                        state -> state.pause() == null ? null : state.pause().until()),
                states.stream()
                        .map(state ->
                                state.pause() == null ? null : state.pause().by())
                        .toArray(String[]::new),
                states.stream()
                        .map(state ->
                                state.pause() == null ? null : state.pause().reason())
                        .toArray(String[]::new));
    }

    private static Instant[] instants(List<JobState> states, Function<JobState, Instant> column) {
        return states.stream().map(column).toArray(Instant[]::new);
    }
}
