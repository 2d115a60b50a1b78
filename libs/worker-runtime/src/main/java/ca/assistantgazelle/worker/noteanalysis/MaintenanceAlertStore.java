package ca.assistantgazelle.worker.noteanalysis;

import ca.assistantgazelle.contract.digest.ContentDigests;
import ca.assistantgazelle.notes.maintenance.AlertFold;
import ca.assistantgazelle.notes.maintenance.DatedNote;
import ca.assistantgazelle.notes.maintenance.MaintenanceAlert;
import ca.assistantgazelle.notes.maintenance.MaintenanceEventType;
import ca.assistantgazelle.notes.note.NoteAnalysis;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Reconciles {@code automation.maintenance_alert} with the notes of the given owners. */
final class MaintenanceAlertStore {
    private record OwnedAlert(NoteOwner owner, MaintenanceAlert alert) {}

    private MaintenanceAlertStore() {}

    /** Rows that a person archived or resolved keep that status; rows not created by a rule are left unchanged. */
    static void reconcile(SqlQueries transaction, Set<NoteOwner> histories, Map<String, NoteAnalysis> analyses) {
        var pianos = ids(histories, NoteOwner::pianoId);
        var clients = ids(histories, NoteOwner::clientId);
        var closed = closedAlerts(transaction, pianos, clients);
        var alerts = new ArrayList<OwnedAlert>();
        notesByOwner(transaction, pianos, clients)
                .forEach((history, notes) -> AlertFold.of(datedNotes(notes, analyses), closed)
                        .forEach(alert -> alerts.add(new OwnedAlert(history, alert))));
        transaction.update(
                """
                delete from automation.maintenance_alert
                where (piano_id = any ($1) or (piano_id is null and client_id = any ($2)))
                  and rule_version is not null and resolved_by is null and status <> 'ARCHIVED'
                  and not (id = any ($3))
                """,
                pianos,
                clients,
                alerts.stream().map(MaintenanceAlertStore::alertId).toArray(UUID[]::new));
        store(transaction, alerts);
    }

    private static Map<AlertFold.AlertKey, Instant> closedAlerts(
            SqlQueries transaction, String[] pianos, String[] clients) {
        var closed = new HashMap<AlertFold.AlertKey, Instant>();
        transaction.list(
                """
        select opened_by_entry, type, resolved_at from automation.maintenance_alert
        where (piano_id = any ($1) or (piano_id is null and client_id = any ($2))) and (resolved_by is not null or status = 'ARCHIVED')
          and type = any ($3)
        """,
                row -> {
                    var at = SqlQueries.instant(row, "resolved_at");
                    var key = new AlertFold.AlertKey(
                            row.getString("opened_by_entry"), MaintenanceEventType.valueOf(row.getString("type")));
                    return closed.put(key, at == null ? Instant.MIN : at);
                },
                pianos,
                clients,
                Arrays.stream(MaintenanceEventType.values())
                        .map(MaintenanceEventType::name)
                        .toArray(String[]::new));
        return closed;
    }

    private static List<DatedNote> datedNotes(List<StoredNote> notes, Map<String, NoteAnalysis> analyses) {
        return notes.stream()
                .map(note -> {
                    var known = analyses.get(note.id());
                    return note.dated(known == null ? note.analyse() : known);
                })
                .toList();
    }

    private static String[] ids(Set<NoteOwner> histories, Function<NoteOwner, String> name) {
        return histories.stream().map(name).filter(Objects::nonNull).toArray(String[]::new);
    }

    private static Map<NoteOwner, List<StoredNote>> notesByOwner(
            SqlQueries transaction, String[] pianos, String[] clients) {
        return transaction.list("select " + StoredNote.COLUMNS + """
                 from public.gazelle_timeline_entries e
                where e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT') and e.deleted_at is null
                  and (e.piano_id = any ($1) or (e.piano_id is null and e.client_id = any ($2)))
                """, StoredNote::of, pianos, clients).stream()
                .collect(Collectors.groupingBy(StoredNote::owner));
    }

    private static void store(SqlQueries transaction, List<OwnedAlert> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        transaction.update(
                """
        insert into automation.maintenance_alert as known
          (id, piano_id, client_id, type, severity, status, opened_by_entry, opened_at, resolved_by_entry, resolved_at, evidence, rule_version)
        select id, piano, client, type, severity, case when resolver is null then 'OPEN' else 'RESOLVED' end, opener, opened, resolver, resolved, evidence, $11
        from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::timestamptz[], $10::text[])
          as t (id, piano, client, type, severity, opener, opened, resolver, resolved, evidence)
        on conflict (opened_by_entry, type) do update
        set piano_id = excluded.piano_id, client_id = excluded.client_id, severity = excluded.severity, opened_at = excluded.opened_at,
          evidence = excluded.evidence, rule_version = excluded.rule_version,
          status = case when known.status = 'ARCHIVED' or known.resolved_by is not null then known.status else excluded.status end,
          resolved_by_entry = case when known.status = 'ARCHIVED' or known.resolved_by is not null then known.resolved_by_entry else excluded.resolved_by_entry end,
          resolved_at = case when known.status = 'ARCHIVED' or known.resolved_by is not null then known.resolved_at else excluded.resolved_at end
        where known.rule_version is not null
        """,
                column(alerts, MaintenanceAlertStore::alertId, UUID[]::new),
                column(alerts, of -> of.owner().pianoId(), String[]::new),
                column(alerts, of -> of.alert().clientId(), String[]::new),
                column(alerts, of -> of.alert().type().name(), String[]::new),
                column(alerts, of -> of.alert().severity().code(), String[]::new),
                column(alerts, of -> of.alert().openedBy(), String[]::new),
                column(alerts, of -> of.alert().openedAt(), Instant[]::new),
                column(alerts, of -> of.alert().resolvedBy(), String[]::new),
                column(alerts, of -> of.alert().resolvedAt(), Instant[]::new),
                column(alerts, of -> of.alert().evidence(), String[]::new),
                NoteAnalysis.RULE_VERSION);
    }

    private static <T> Object column(List<OwnedAlert> alerts, Function<OwnedAlert, T> value, IntFunction<T[]> array) {
        return alerts.stream().map(value).toArray(array);
    }

    // Deterministic: recomputing an alert yields the same id.
    private static UUID alertId(OwnedAlert of) {
        var name = of.alert().openedBy() + ":" + of.alert().type();
        return ContentDigests.nameUuid(name);
    }
}
