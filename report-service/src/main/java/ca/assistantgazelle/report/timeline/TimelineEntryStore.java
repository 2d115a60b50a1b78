package ca.assistantgazelle.report.timeline;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;

/** Reads the report's data from the database. */
final class TimelineEntryStore {

    static final String TIMELINE = """
      select e.external_id, e.entry_type = 'SERVICE_ENTRY_MANUAL' as service, e.occurred_at, e.piano_id, e.title, e.description,
        c.external_id as client_id, coalesce(c.company_name, 'Inconnu') as company_name,
        p.make, p.model, p.serial_number, p.type, p.year, p.location,
        trim(concat_ws(' ', u.first_name, u.last_name)) as technician, r.readings
      from public.gazelle_timeline_entries e
        left join public.gazelle_pianos p on p.external_id = e.piano_id
        left join public.gazelle_clients c on c.external_id = coalesce(e.client_id, p.client_external_id)
        left join public.users u on u.external_id = e.user_id
        left join (
          select entry_external_id, string_agg(canonical, E'\\n' order by position) as readings
          from automation.note_reading group by entry_external_id) r on r.entry_external_id = e.external_id
      where e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT') and e.deleted_at is null and (c.external_id = any ($1) or e.piano_id in (
          select t.piano_id from public.gazelle_timeline_entries t left join public.gazelle_pianos q on q.external_id = t.piano_id
          where t.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT') and t.deleted_at is null and t.piano_id is not null
            and coalesce(t.client_id, q.client_external_id) = any ($1)))
      """;

    private static final String ALERTS = """
      select a.id::text, coalesce(a.type, '') as alert_type, coalesce(a.status, 'OPEN') as status, coalesce(a.evidence, '') as evidence, a.opened_at, a.resolved_at,
        c.external_id as client_id, coalesce(c.company_name, 'Inconnu') as company_name,
        p.make, p.model, p.serial_number, p.type, p.year, p.location,
        trim(concat_ws(' ', u.first_name, u.last_name)) as technician, r.readings
      from automation.maintenance_alert a
        left join public.gazelle_pianos p on p.external_id = a.piano_id
        join public.gazelle_clients c on c.external_id = coalesce(a.client_id, p.client_external_id)
        left join public.gazelle_timeline_entries e on e.external_id = a.opened_by_entry
        left join public.users u on u.external_id = e.user_id
        left join (
          select entry_external_id, string_agg(canonical, E'\\n' order by position) as readings
          from automation.note_reading group by entry_external_id) r on r.entry_external_id = a.opened_by_entry
      where c.external_id = any ($1)
      """;

    /** Entries without a known client: they appear in no tab. */
    private static final String UNMAPPED = """
            select count(*)
            from public.gazelle_timeline_entries e
              left join public.gazelle_pianos p on p.external_id = e.piano_id
              left join public.gazelle_clients c on c.external_id = coalesce(e.client_id, p.client_external_id)
            where e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT') and e.deleted_at is null and c.external_id is null
            """;

    private static final String UNDATED = """
            select count(*) from public.gazelle_timeline_entries e
            where e.entry_type in ('SERVICE_ENTRY_MANUAL', 'PIANO_MEASUREMENT') and e.deleted_at is null and e.occurred_at is null
            """;

    private TimelineEntryStore() {}

    /** Includes other clients' entries on the same pianos: a piano's day is assembled as a whole. */
    static List<TimelineEntry> entries(SqlQueries queries, String[] clients) {
        return queries.list(TIMELINE, TimelineEntryStore::toEntry, (Object) clients);
    }

    static List<ReportAlert> alerts(SqlQueries queries, String[] clients) {
        return queries.list(ALERTS, TimelineEntryStore::toAlert, (Object) clients);
    }

    static long countUnmapped(SqlQueries queries) {
        return queries.first(UNMAPPED, row -> row.getLong(0)).orElseThrow();
    }

    static long countUndated(SqlQueries queries) {
        return queries.first(UNDATED, row -> row.getLong(0)).orElseThrow();
    }

    private static TimelineEntry toEntry(Row row) {
        return new TimelineEntry(
                row.getString("external_id"),
                row.getBoolean("service"),
                SqlQueries.instant(row, "occurred_at"),
                row.getString("client_id"),
                row.getString("company_name"),
                row.getString("piano_id"),
                ReportPiano.fromRow(row),
                row.getString("technician"),
                row.getString("title"),
                row.getString("description"),
                CanonicalReadings.parse(row.getString("readings")));
    }

    private static ReportAlert toAlert(Row row) {
        return new ReportAlert(
                row.getString("id"),
                row.getString("client_id"),
                row.getString("company_name"),
                ReportPiano.fromRow(row),
                row.getString("technician"),
                row.getString("alert_type"),
                row.getString("status"),
                row.getString("evidence"),
                SqlQueries.instant(row, "opened_at"),
                SqlQueries.instant(row, "resolved_at"),
                CanonicalReadings.parse(row.getString("readings")));
    }
}
