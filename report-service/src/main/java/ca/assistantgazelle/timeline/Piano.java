package ca.assistantgazelle.timeline;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;

/**
 * A piano's five cells, each empty when nothing is known. Source: reference/report-alerts.md §1.4.
 */
record Piano(
    String make, String model, String serialNumber, String type, String year, String location) {
  static Piano of(Row row) {
    var year = row.getInteger("year");
    return new Piano(
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
