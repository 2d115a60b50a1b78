package ca.assistantgazelle.report.timeline;

import ca.assistantgazelle.contract.timetable.TimeZones;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The twelve columns of the report (docs/report.md). */
public final class ReportColumns {
    /** The header, as specified and known to the institutions. */
    public static final List<String> NAMES = List.of(
            "DateEvenement",
            "TypeEvenement",
            "Description",
            "NomClient",
            "Marque",
            "Modele",
            "NumeroSerie",
            "TypePiano",
            "Annee",
            "Local",
            "Technicien",
            "MesureHumidite");

    /** Dates in the report are local dates of Montréal. */
    static final ZoneId ZONE = TimeZones.MONTREAL;

    /** Google rejects cells of more than 50,000 characters. */
    private static final int MAX_CELL_LENGTH = 45_000;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}&&[^\n\t]]");

    private ReportColumns() {}

    /** Null when there is no instant. */
    static LocalDate localDay(Instant at) {
        return at == null ? null : at.atZone(ZONE).toLocalDate();
    }

    static List<String> cells(
            Instant at,
            String type,
            String description,
            String client,
            ReportPiano piano,
            String technician,
            String readings) {
        var cells = new ArrayList<String>(NAMES.size());
        cells.add(at == null ? "" : localDay(at).toString());
        cells.add(type);
        cells.add(toCellText(description));
        cells.add(toCellText(client));
        piano.cells().forEach(cell -> cells.add(toCellText(cell)));
        cells.add(toCellText(technician));
        cells.add(toCellText(readings));
        return List.copyOf(cells);
    }

    // Normalises line ends and removes control characters, which a spreadsheet does not keep.
    private static String toCellText(String text) {
        var tidy = UNPRINTABLE
                .matcher(text.replace("\r\n", "\n").replace('\r', '\n'))
                .replaceAll("")
                .strip();
        if (tidy.length() <= MAX_CELL_LENGTH) {
            return tidy;
        }
        int end = MAX_CELL_LENGTH - 1;
        return tidy.substring(0, Character.isHighSurrogate(tidy.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
