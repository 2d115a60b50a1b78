package ca.assistantgazelle.sync.appointment;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Writes gazelle_appointment_pianos: all pianos of an appointment, whenever its row was written. */
@Singleton
class AppointmentPianoStore {
    private static final String DELETE_REMOVED = """
                delete from public.gazelle_appointment_pianos old
                where (old.appointment_external_id, old.piano_external_id) in (
                  select stored.appointment_external_id, stored.piano_external_id
                  from unnest($1::text[]) as written (id) cross join lateral (
                    select appointment_external_id, piano_external_id from public.gazelle_appointment_pianos
                    where appointment_external_id = written.id
                    offset 0) stored
                  where (stored.appointment_external_id, stored.piano_external_id)
                    not in (select * from unnest($2::text[], $3::text[])))
                """;

    private static final String UPSERT = """
        insert into public.gazelle_appointment_pianos as p (appointment_external_id, piano_external_id, is_tuning, position)
        select * from unnest($1::text[], $2::text[], $3::boolean[], $4::int[])
        on conflict (appointment_external_id, piano_external_id) do update
        set is_tuning = excluded.is_tuning, position = excluded.position
        where (p.is_tuning, p.position) is distinct from (excluded.is_tuning, excluded.position)
        """;

    /** @param written ids of the appointments whose rows were written */
    void write(SqlQueries transaction, List<JsonNode> events, List<String> written) {
        if (written.isEmpty()) {
            return;
        }
        var changed = new HashSet<>(written);
        var whole = new ArrayList<String>();
        var appointments = new ArrayList<String>();
        var pianos = new ArrayList<AppointmentMapping.EventPiano>();
        for (var event : events) {
            if (changed.contains(event.path("id").asText())) {
                if (AppointmentMapping.hasAllPianos(event)) {
                    whole.add(event.path("id").asText());
                }
                for (var piano : AppointmentMapping.pianos(event)) {
                    appointments.add(event.path("id").asText());
                    pianos.add(piano);
                }
            }
        }
        transaction.update(
                DELETE_REMOVED,
                whole.toArray(String[]::new),
                appointments.toArray(String[]::new),
                pianos.stream().map(AppointmentMapping.EventPiano::pianoId).toArray(String[]::new));
        transaction.update(
                UPSERT,
                appointments.toArray(String[]::new),
                pianos.stream().map(AppointmentMapping.EventPiano::pianoId).toArray(String[]::new),
                pianos.stream().map(AppointmentMapping.EventPiano::isTuning).toArray(Boolean[]::new),
                pianos.stream().map(AppointmentMapping.EventPiano::position).toArray(Integer[]::new));
    }
}
