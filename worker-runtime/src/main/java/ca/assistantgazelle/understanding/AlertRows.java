package ca.assistantgazelle.understanding;

import ca.assistantgazelle.maintenance.AlertFold;
import ca.assistantgazelle.maintenance.DatedNote;
import ca.assistantgazelle.maintenance.EventType;
import ca.assistantgazelle.maintenance.MaintenanceAlert;
import ca.assistantgazelle.note.Understanding;
import ca.assistantgazelle.sql.Queries;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
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

/** Brings the rows of automation.maintenance_alert in line with the notes of some histories. */
final class AlertRows {
  private record Of(History history, MaintenanceAlert alert) {}

  private AlertRows() {}

  /**
   * A row that a person has archived or resolved keeps what that person said; one that no rule made
   * is left alone.
   */
  static void reconcile(
      Queries transaction, Set<History> histories, Map<String, Understanding> understood) {
    var pianos = names(histories, History::pianoId);
    var clients = names(histories, History::clientId);
    var closed = closed(transaction, pianos, clients);
    var alerts = new ArrayList<Of>();
    notes(transaction, pianos, clients)
        .forEach(
            (history, notes) ->
                AlertFold.of(dated(notes, understood), closed)
                    .forEach(alert -> alerts.add(new Of(history, alert))));
    transaction.update(
        """
        delete from automation.maintenance_alert
        where (piano_id = any ($1) or (piano_id is null and client_id = any ($2)))
          and rule_version is not null and resolved_by is null and status <> 'ARCHIVED'
          and not (id = any ($3))
        """,
        pianos,
        clients,
        alerts.stream().map(AlertRows::id).toArray(UUID[]::new));
    store(transaction, alerts);
  }

  private static Map<AlertFold.Key, Instant> closed(
      Queries transaction, String[] pianos, String[] clients) {
    var closed = new HashMap<AlertFold.Key, Instant>();
    transaction.list(
        """
        select opened_by_entry, type, resolved_at from automation.maintenance_alert
        where (piano_id = any ($1) or (piano_id is null and client_id = any ($2))) and (resolved_by is not null or status = 'ARCHIVED')
          and type = any ($3)
        """,
        row -> {
          var at = row.getOffsetDateTime("resolved_at");
          var key =
              new AlertFold.Key(
                  row.getString("opened_by_entry"), EventType.valueOf(row.getString("type")));
          return closed.put(key, at == null ? Instant.MIN : at.toInstant());
        },
        pianos,
        clients,
        Arrays.stream(EventType.values()).map(EventType::name).toArray(String[]::new));
    return closed;
  }

  private static List<DatedNote> dated(
      List<StoredNote> notes, Map<String, Understanding> understood) {
    return notes.stream()
        .map(
            note -> {
              var known = understood.get(note.id());
              return note.dated(known == null ? note.understood() : known);
            })
        .toList();
  }

  private static String[] names(Set<History> histories, Function<History, String> name) {
    return histories.stream().map(name).filter(Objects::nonNull).toArray(String[]::new);
  }

  private static Map<History, List<StoredNote>> notes(
      Queries transaction, String[] pianos, String[] clients) {
    return transaction
        .list(
            "select "
                + StoredNote.COLUMNS
                + """
                 from public.gazelle_timeline_entries e
                where e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT') and e.deleted_at is null
                  and (e.piano_id = any ($1) or (e.piano_id is null and e.client_id = any ($2)))
                """,
            StoredNote::of,
            pianos,
            clients)
        .stream()
        .collect(Collectors.groupingBy(StoredNote::history));
  }

  private static void store(Queries transaction, List<Of> alerts) {
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
        column(alerts, AlertRows::id, UUID[]::new),
        column(alerts, of -> of.history().pianoId(), String[]::new),
        column(alerts, of -> of.alert().clientId(), String[]::new),
        column(alerts, of -> of.alert().type().name(), String[]::new),
        column(alerts, of -> of.alert().severity().word(), String[]::new),
        column(alerts, of -> of.alert().openedBy(), String[]::new),
        column(alerts, of -> at(of.alert().openedAt()), OffsetDateTime[]::new),
        column(alerts, of -> of.alert().resolvedBy(), String[]::new),
        column(alerts, of -> at(of.alert().resolvedAt()), OffsetDateTime[]::new),
        column(alerts, of -> of.alert().evidence(), String[]::new),
        Understanding.RULE_VERSION);
  }

  private static <T> Object column(List<Of> alerts, Function<Of, T> value, IntFunction<T[]> array) {
    return alerts.stream().map(value).toArray(array);
  }

  // The same alert has the same id whenever it is computed.
  private static UUID id(Of of) {
    var name = of.alert().openedBy() + ":" + of.alert().type();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
