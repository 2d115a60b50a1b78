package ca.assistantgazelle.worker.noteanalysis;

import ca.assistantgazelle.notes.note.NoteAnalysis;
import ca.assistantgazelle.runtime.sql.AdvisoryLock;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.worker.execution.JobContext;
import io.vertx.mutiny.sqlclient.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps readings and alerts in sync with the notes: analyses notes that are new, changed, deleted, or were analysed by
 * an older version of the rules. Cheap when nothing changed.
 */
public final class NoteAnalysisUpdater {
    private static final int BATCH_SIZE = 2_000;

    /**
     * Condition on an entry {@code e} and its analysis {@code known}. With clients, it covers everything that can
     * change their readings and alerts: their current and former notes, and all notes of their current and former
     * pianos.
     */
    private static final String STALE = """
      (known.entry_external_id is null or known.rule_version < $1 or known.digest <> %s)
        and ($2::text[] is null or e.client_id = any ($2) or known.client_id = any ($2) or e.piano_id in (
          select p.external_id from public.gazelle_pianos p where p.client_external_id = any ($2)
          union select t.piano_id from public.gazelle_timeline_entries t where t.client_id = any ($2) and t.piano_id is not null
          union select a.piano_id from automation.maintenance_alert a where a.client_id = any ($2) and a.piano_id is not null))
      """.formatted(StoredNote.DIGEST);

    private NoteAnalysisUpdater() {}

    /**
     * @throws ca.assistantgazelle.worker.inbox.StaleFenceException if the attempt was taken over
     * @throws InterruptedException if interrupted; what was done so far is kept
     */
    public static void update(JobContext context) throws InterruptedException {
        update(context, null);
    }

    /** @param clients restricts the update to these clients; null: all clients */
    public static void update(JobContext context, String[] clients) throws InterruptedException {
        while (context.write(NoteAnalysisUpdater::removeDeletedBatch) == BATCH_SIZE) {
            checkInterrupted();
        }
        checkInterrupted();
        long analyses = 0;
        for (int some = BATCH_SIZE; some == BATCH_SIZE; analyses += some) {
            some = context.write(transaction -> analyseBatch(transaction, clients));
            checkInterrupted();
            if (some > 0) {
                context.log().info("analysed %d notes", analyses + some);
            }
        }
    }

    /** Marks every note as outdated, so that the next update analyses all of them again. */
    public static void invalidateAll(JobContext context) {
        context.write(transaction -> transaction.update("update automation.analysed_note set rule_version = 0"));
    }

    /**
     * Whether all notes are analysed, as seen by the transaction.
     *
     * @param clients as of {@link #update(JobContext, String[])}
     */
    public static boolean isUpToDate(SqlQueries queries, String[] clients) {
        return queries.first("""
            select 1
            from public.gazelle_timeline_entries e left join automation.analysed_note known on known.entry_external_id = e.external_id
            where e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT') and e.deleted_at is null and %s
            limit 1
            """.formatted(STALE), row -> true, NoteAnalysis.RULE_VERSION, clients)
                .isEmpty();
    }

    private static void checkInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while analysing notes");
        }
    }

    private static int analyseBatch(SqlQueries transaction, String[] clients) {
        lock(transaction);
        var notes = transaction.list(
                "select "
                        + StoredNote.COLUMNS
                        + ", known.piano_id as known_piano, known.client_id as known_client"
                        + """
                 from public.gazelle_timeline_entries e left join automation.analysed_note known on known.entry_external_id = e.external_id
                where e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT') and e.deleted_at is null
                  and %s
                order by e.piano_id, e.client_id, e.external_id
                limit %d
                """.formatted(STALE, BATCH_SIZE),
                row -> new StaleNote(StoredNote.of(row), previousOwner(row)),
                NoteAnalysis.RULE_VERSION,
                clients);
        if (!notes.isEmpty()) {
            var analyses = new HashMap<String, NoteAnalysis>();
            notes.forEach(stale -> analyses.put(stale.note().id(), stale.note().analyse()));
            NoteReadingStore.store(
                    transaction, notes.stream().map(StaleNote::note).toList(), analyses);
            var histories = new HashSet<NoteOwner>();
            notes.forEach(stale -> histories.addAll(List.of(stale.note().owner(), stale.previousOwner())));
            MaintenanceAlertStore.reconcile(transaction, histories, analyses);
        }
        return notes.size();
    }

    private static int removeDeletedBatch(SqlQueries transaction) {
        lock(transaction);
        var gone = transaction.list(
                """
                select known.entry_external_id, known.piano_id as known_piano, known.client_id as known_client
                from automation.analysed_note known
                where not exists (
                  select from public.gazelle_timeline_entries e
                  where e.external_id = known.entry_external_id and e.deleted_at is null
                    and e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT'))
                limit %d
                """.formatted(BATCH_SIZE),
                row -> new DeletedNote(row.getString("entry_external_id"), previousOwner(row)));
        if (!gone.isEmpty()) {
            NoteReadingStore.delete(
                    transaction, gone.stream().map(DeletedNote::id).toList());
            var histories = new HashSet<NoteOwner>();
            gone.forEach(one -> histories.add(one.previousOwner()));
            MaintenanceAlertStore.reconcile(transaction, Set.copyOf(histories), Map.of());
        }
        return gone.size();
    }

    private record StaleNote(StoredNote note, NoteOwner previousOwner) {}

    private record DeletedNote(String id, NoteOwner previousOwner) {}

    // The alerts of a note that moved to another piano move with it.
    private static NoteOwner previousOwner(Row row) {
        var piano = row.getString("known_piano");
        return new NoteOwner(piano, piano == null ? row.getString("known_client") : null);
    }

    private static void lock(SqlQueries transaction) {
        AdvisoryLock.NOTE_ANALYSIS.acquire(transaction);
    }
}
