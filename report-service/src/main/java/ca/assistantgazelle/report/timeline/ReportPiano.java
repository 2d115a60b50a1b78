package ca.assistantgazelle.report.timeline;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;

/** A piano's cells in the report, each empty when unknown. */
record ReportPiano(String make, String model, String serialNumber, String type, String year, String location) {
    static ReportPiano fromRow(Row row) {
        var year = row.getInteger("year");
        return new ReportPiano(
                text(row, "make"),
                text(row, "model"),
                text(row, "serial_number"),
                text(row, "type"),
                year == null || year == 0 ? "" : year.toString(),
                text(row, "location"));
    }

    List<String> cells() {
        return List.of(make, model, serialNumber, type, year, location);
    }

    private static String text(Row row, String column) {
        var text = row.getString(column);
        return text == null ? "" : text;
    }
}
