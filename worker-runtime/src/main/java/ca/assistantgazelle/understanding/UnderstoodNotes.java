package ca.assistantgazelle.understanding;

import ca.assistantgazelle.note.Understanding;
import ca.assistantgazelle.sql.Queries;
import ca.assistantgazelle.workshop.Workbench;
import io.vertx.mutiny.sqlclient.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps readings and alerts in line with the notes: what is new, changed, gone, or was understood
 * by an older version of the rules is understood now. Costs next to nothing when nothing is.
 */
public final class UnderstoodNotes {
  private static final int AT_ONCE = 2_000;

  /** One process at a time: the histories of two passes may overlap. */
  private static final long LOCK = 7_201_906_315_002L;

  /**
   * Of an entry e and what is known of it. With clients, everything that can change their readings
   * and alerts: their notes, what were their notes, and all notes of pianos that are or were
   * theirs.
   */
  private static final String STALE =
      """
      (known.entry_external_id is null or known.rule_version < $1 or known.digest <> %s)
        and ($2::text[] is null or e.client_id = any ($2) or known.client_id = any ($2) or e.piano_id in (
          select p.external_id from public.gazelle_pianos p where p.client_external_id = any ($2)
          union select t.piano_id from public.gazelle_timeline_entries t where t.client_id = any ($2) and t.piano_id is not null
          union select a.piano_id from automation.maintenance_alert a where a.client_id = any ($2) and a.piano_id is not null))
      """
          .formatted(StoredNote.DIGEST);

  private UnderstoodNotes() {}

  /**
   * @throws ca.assistantgazelle.desk.FenceLostException when the attempt was taken over
   * @throws InterruptedException when told to stop; what was done so far stays
   */
  public static void bringUpToDate(Workbench bench) throws InterruptedException {
    bringUpToDate(bench, null);
  }

  /**
   * @param clients only notes of these, and what follows from them; null = of everybody
   */
  public static void bringUpToDate(Workbench bench, String[] clients) throws InterruptedException {
    while (bench.write(UnderstoodNotes::forgetSome) == AT_ONCE) {
      stopWhenTold();
    }
    stopWhenTold();
    long understood = 0;
    for (int some = AT_ONCE; some == AT_ONCE; understood += some) {
      some = bench.write(transaction -> understandSome(transaction, clients));
      stopWhenTold();
      if (some > 0) {
        bench.log().info("%d notes understood", understood + some);
      }
    }
  }

  /** Makes the next pass take every note, whatever it was understood by. */
  public static void outdateAll(Workbench bench) {
    bench.write(
        transaction -> transaction.update("update automation.note_entry set rule_version = 0"));
  }

  /**
   * Whether all of it is understood, as the transaction sees it.
   *
   * @param clients as of {@link #bringUpToDate(Workbench, String[])}
   */
  public static boolean isUpToDate(Queries queries, String[] clients) {
    return queries
        .first(
            """
            select 1
            from public.gazelle_timeline_entries e left join automation.note_entry known on known.entry_external_id = e.external_id
            where e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT') and e.deleted_at is null and %s
            limit 1
            """
                .formatted(STALE),
            row -> true,
            Understanding.RULE_VERSION,
            clients)
        .isEmpty();
  }

  private static void stopWhenTold() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("told to stop while notes were understood");
    }
  }

  private static int understandSome(Queries transaction, String[] clients) {
    lock(transaction);
    var notes =
        transaction.list(
            "select "
                + StoredNote.COLUMNS
                + ", known.piano_id as known_piano, known.client_id as known_client"
                + """
                 from public.gazelle_timeline_entries e left join automation.note_entry known on known.entry_external_id = e.external_id
                where e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT') and e.deleted_at is null
                  and %s
                order by e.piano_id, e.client_id, e.external_id
                limit %d
                """
                    .formatted(STALE, AT_ONCE),
            row -> new Stale(StoredNote.of(row), before(row)),
            Understanding.RULE_VERSION,
            clients);
    if (!notes.isEmpty()) {
      var understood = new HashMap<String, Understanding>();
      notes.forEach(stale -> understood.put(stale.note().id(), stale.note().understood()));
      ReadingRows.store(transaction, notes.stream().map(Stale::note).toList(), understood);
      var histories = new HashSet<History>();
      notes.forEach(stale -> histories.addAll(List.of(stale.note().history(), stale.before())));
      AlertRows.reconcile(transaction, histories, understood);
    }
    return notes.size();
  }

  private static int forgetSome(Queries transaction) {
    lock(transaction);
    var gone =
        transaction.list(
            """
            select known.entry_external_id, known.piano_id as known_piano, known.client_id as known_client
            from automation.note_entry known
            where not exists (
              select from public.gazelle_timeline_entries e
              where e.external_id = known.entry_external_id and e.deleted_at is null
                and e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT'))
            limit %d
            """
                .formatted(AT_ONCE),
            row -> new Gone(row.getString("entry_external_id"), before(row)));
    if (!gone.isEmpty()) {
      ReadingRows.forget(transaction, gone.stream().map(Gone::id).toList());
      var histories = new HashSet<History>();
      gone.forEach(one -> histories.add(one.before()));
      AlertRows.reconcile(transaction, Set.copyOf(histories), Map.of());
    }
    return gone.size();
  }

  private record Stale(StoredNote note, History before) {}

  private record Gone(String id, History before) {}

  // A note that moved to another piano takes its alerts along.
  private static History before(Row row) {
    var piano = row.getString("known_piano");
    return new History(piano, piano == null ? row.getString("known_client") : null);
  }

  private static void lock(Queries transaction) {
    transaction.first("select pg_advisory_xact_lock($1)", row -> true, LOCK);
  }
}
