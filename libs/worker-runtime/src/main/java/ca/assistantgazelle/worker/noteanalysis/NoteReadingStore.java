package ca.assistantgazelle.worker.noteanalysis;

import ca.assistantgazelle.notes.note.NoteAnalysis;
import ca.assistantgazelle.notes.reading.ClimateReading;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SQL on {@code automation.note_reading} and {@code automation.analysed_note}. */
final class NoteReadingStore {
    private record PositionedReading(String entry, int position, ClimateReading reading) {}

    private NoteReadingStore() {}

    /**
     * Replaces the readings of these notes and marks the notes as analysed.
     *
     * @param analyses by the entry's id
     */
    static void store(SqlQueries transaction, List<StoredNote> notes, Map<String, NoteAnalysis> analyses) {
        var ids = notes.stream().map(StoredNote::id).toArray(String[]::new);
        transaction.update("delete from automation.note_reading where entry_external_id = any ($1)", (Object) ids);
        insert(transaction, positionedReadings(notes, analyses));
        transaction.update(
                """
        insert into automation.analysed_note (entry_external_id, piano_id, client_id, digest, rule_version)
        select id, piano, client, digest, $5 from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as t (id, piano, client, digest)
        on conflict (entry_external_id) do update
        set piano_id = excluded.piano_id, client_id = excluded.client_id, digest = excluded.digest, rule_version = excluded.rule_version
        """,
                ids,
                notes.stream().map(StoredNote::pianoId).toArray(String[]::new),
                notes.stream().map(StoredNote::clientId).toArray(String[]::new),
                notes.stream().map(StoredNote::digest).toArray(String[]::new),
                NoteAnalysis.RULE_VERSION);
    }

    /** Deletes the rows of notes that no longer exist. */
    static void delete(SqlQueries transaction, List<String> ids) {
        var array = (Object) ids.toArray(String[]::new);
        transaction.update("delete from automation.note_reading where entry_external_id = any ($1)", array);
        transaction.update("delete from automation.analysed_note where entry_external_id = any ($1)", array);
    }

    private static List<PositionedReading> positionedReadings(
            List<StoredNote> notes, Map<String, NoteAnalysis> analyses) {
        var placed = new ArrayList<PositionedReading>();
        for (var note : notes) {
            var readings = analyses.get(note.id()).readings();
            for (int i = 0; i < readings.size(); i++) {
                placed.add(new PositionedReading(note.id(), i, readings.get(i)));
            }
        }
        return placed;
    }

    private static void insert(SqlQueries transaction, List<PositionedReading> rows) {
        if (rows.isEmpty()) {
            return;
        }
        transaction.update(
                """
        insert into automation.note_reading (entry_external_id, position, temperature_c, humidity_low, humidity_high, confidence, canonical, rule_version)
        select id, position, temperature::numeric, low, high, confidence, canonical, $8
        from unnest($1::text[], $2::int[], $3::text[], $4::int[], $5::int[], $6::text[], $7::text[])
          as t (id, position, temperature, low, high, confidence, canonical)
        """,
                rows.stream().map(PositionedReading::entry).toArray(String[]::new),
                rows.stream().map(PositionedReading::position).toArray(Integer[]::new),
                rows.stream()
                        .map(row -> row.reading().temperatureC())
                        .map(celsius -> celsius == null ? null : celsius.toPlainString())
                        .toArray(String[]::new),
                rows.stream().map(row -> rounded(row.reading().humidityLow())).toArray(Integer[]::new),
                rows.stream().map(row -> rounded(row.reading().humidityHigh())).toArray(Integer[]::new),
                rows.stream().map(row -> row.reading().confidence().code()).toArray(String[]::new),
                rows.stream().map(row -> row.reading().canonical()).toArray(String[]::new),
                NoteAnalysis.RULE_VERSION);
    }

    // The columns hold whole percentages; the canonical text keeps the decimals.
    private static Integer rounded(BigDecimal percent) {
        return percent == null
                ? null
                : percent.setScale(0, RoundingMode.HALF_UP).intValueExact();
    }
}
