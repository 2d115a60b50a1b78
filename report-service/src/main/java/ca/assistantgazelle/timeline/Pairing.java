package ca.assistantgazelle.timeline;

import ca.assistantgazelle.notes.note.EntryText;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes rows of entries: each service is one, and the measurements of a piano's day stand on the
 * services of that day, or on a row of their own when there is none. The order of the entries does
 * not count. Source: reference/report-alerts.md §1.6, TARGET.
 */
final class Pairing {
  private static final Comparator<Entry> IN_TIME =
      Comparator.comparing(Entry::occurredAt, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Entry::id);

  /** What is paired with each other: a piano's entries of one day. */
  private record Group(String owner, LocalDate day) {}

  private Pairing() {}

  static List<ReportRow> rows(List<Entry> entries) {
    var groups =
        entries.stream()
            .collect(Collectors.groupingBy(Pairing::group, HashMap::new, Collectors.toList()));
    var rows = new ArrayList<ReportRow>();
    groups.forEach((group, members) -> addRows(rows, group, members));
    return rows;
  }

  // Without a piano or a date nothing says what belongs together.
  private static Group group(Entry entry) {
    var day = Columns.day(entry.occurredAt());
    if (entry.pianoId() != null && day != null) {
      return new Group(entry.pianoId(), day);
    }
    return new Group(entry.id(), day);
  }

  private static void addRows(List<ReportRow> rows, Group group, List<Entry> members) {
    members.sort(IN_TIME);
    var services = members.stream().filter(Entry::service).toList();
    var measurements = members.stream().filter(entry -> !entry.service()).toList();
    if (services.isEmpty()) {
      orphan(rows, group, measurements);
      return;
    }
    var attached = attached(services, measurements);
    for (var service : services) {
      var own = readings(joined(service, attached.getOrDefault(service, List.of())));
      var shown = own.isEmpty() ? readings(measurements) : own;
      rows.add(service(service, shown));
    }
  }

  private static Map<Entry, List<Entry>> attached(List<Entry> services, List<Entry> measurements) {
    return measurements.stream()
        .collect(Collectors.groupingBy(measurement -> nearest(services, measurement)));
  }

  // The services are in time, then by id: the first of equally near ones is the one that counts.
  private static Entry nearest(List<Entry> services, Entry measurement) {
    return services.stream()
        .min(
            Comparator.comparing(
                service -> Duration.between(service.occurredAt(), measurement.occurredAt()).abs()))
        .orElseThrow();
  }

  private static List<Entry> joined(Entry service, List<Entry> measurements) {
    var all = new ArrayList<>(measurements);
    all.add(service);
    all.sort(IN_TIME);
    return all;
  }

  private static Readings readings(List<Entry> inTime) {
    return inTime.stream().map(Entry::reading).reduce(Readings.NONE, Readings::and);
  }

  private static ReportRow service(Entry service, Readings readings) {
    return new ReportRow(
        "S:" + service.id(),
        service.clientId(),
        service.occurredAt(),
        Columns.cells(
            service.occurredAt(),
            "Service",
            EntryText.displayText(service.title(), service.description()),
            service.clientName(),
            service.piano(),
            service.technician(),
            readings.cell()));
  }

  // A measurement whose text holds no reading has nothing to show.
  private static void orphan(List<ReportRow> rows, Group group, List<Entry> measurements) {
    var readings = readings(measurements);
    if (readings.isEmpty()) {
      return;
    }
    var first = measurements.getFirst();
    rows.add(
        new ReportRow(
            first.pianoId() == null || group.day() == null
                ? "M:" + first.id()
                : "M:" + group.owner() + ":" + group.day(),
            first.clientId(),
            first.occurredAt(),
            Columns.cells(
                first.occurredAt(),
                "Mesure",
                "",
                first.clientName(),
                first.piano(),
                first.technician(),
                readings.cell())));
  }
}
