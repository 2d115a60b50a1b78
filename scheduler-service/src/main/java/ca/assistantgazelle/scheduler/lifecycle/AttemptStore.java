package ca.assistantgazelle.scheduler.lifecycle;

import static ca.assistantgazelle.runtime.sql.SqlQueries.instant;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** SQL on {@code automation.attempt}, in batches. */
@Singleton
class AttemptStore {
    private static final TypeReference<Map<String, Map<String, Long>>> COUNTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};
    private static final TypeReference<List<String>> LINES = new TypeReference<>() {};

    List<AttemptState> findByRuns(SqlQueries queries, Collection<UUID> runIds) {
        return queries.list("""
                select known.*
                from unnest($1::uuid[]) as wanted (id) cross join lateral (
                  select run_id, attempt, fence, worker, status, started_at, finished_at, last_sequence, counts::text as counts,
                    details::text as details, error::text as error, log_tail::text as log_tail
                  from automation.attempt
                  where run_id = wanted.id
                  offset 0) known
                order by attempt, fence
                """, AttemptStore::toState, (Object) runIds.toArray(UUID[]::new));
    }

    void save(SqlQueries transaction, List<AttemptState> attempts) {
        transaction.update(
                """
                insert into automation.attempt (run_id, attempt, fence, worker, status, started_at, finished_at, last_sequence,
                  counts, details, error, log_tail, log_id)
                select run_id, attempt, fence, worker, status, started_at, finished_at, last_sequence,
                  counts::jsonb, details::jsonb, error::jsonb, log_tail::jsonb, log_id
                from unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[],
                  $8::int[], $9::text[], $10::text[], $11::text[], $12::text[], $13::uuid[])
                  as t (run_id, attempt, fence, worker, status, started_at, finished_at, last_sequence, counts, details, error,
                    log_tail, log_id)
                on conflict (run_id, attempt, fence) do update
                set worker = excluded.worker, status = excluded.status, started_at = excluded.started_at,
                  finished_at = excluded.finished_at, last_sequence = excluded.last_sequence, counts = excluded.counts,
                  details = excluded.details, error = excluded.error, log_tail = excluded.log_tail
                """,
                attempts.stream().map(AttemptState::runId).toArray(UUID[]::new),
                attempts.stream().map(AttemptState::attempt).toArray(Integer[]::new),
                attempts.stream().map(AttemptState::fence).toArray(Long[]::new),
                attempts.stream().map(AttemptState::worker).toArray(String[]::new),
                attempts.stream().map(attempt -> attempt.kind().name()).toArray(String[]::new),
                attempts.stream().map(AttemptState::startedAt).toArray(Instant[]::new),
                attempts.stream().map(AttemptState::finishedAt).toArray(Instant[]::new),
                attempts.stream().map(AttemptState::lastSequence).toArray(Integer[]::new),
                attempts.stream()
                        .map(attempt -> EventJson.write(attempt.counts()))
                        .toArray(String[]::new),
                attempts.stream()
                        .map(attempt -> EventJson.write(attempt.details()))
                        .toArray(String[]::new),
                attempts.stream()
                        .map(attempt -> attempt.error() == null ? null : EventJson.write(attempt.error()))
                        .toArray(String[]::new),
                attempts.stream()
                        .map(attempt -> EventJson.write(attempt.logTail()))
                        .toArray(String[]::new),
                attempts.stream().map(AttemptState::logId).toArray(UUID[]::new));
    }

    private static AttemptState toState(Row row) {
        return new AttemptState(
                row.getUUID("run_id"),
                row.getInteger("attempt"),
                row.getLong("fence"),
                row.getString("worker"),
                LifecycleEventType.valueOf(row.getString("status")),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getInteger("last_sequence"),
                fromJson(row.getString("counts"), COUNTS),
                fromJson(row.getString("details"), DETAILS),
                fromJson(row.getString("error"), new TypeReference<RunError>() {}),
                fromJson(row.getString("log_tail"), LINES));
    }

    private static <T> T fromJson(String text, TypeReference<T> type) {
        try {
            return text == null ? null : EventJson.mapper().readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("automation.attempt contains a value that this version cannot read", e);
        }
    }
}
