package ca.assistantgazelle.report.timeline;

import ca.assistantgazelle.notes.note.TimelineEntryText;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Assembles report rows from entries: one per service. Measurements are added to the piano's services of the same day,
 * or make a row of their own when there is none. The order of the entries does not matter (docs/report.md).
 */
final class ReportRowAssembler {
    private static final Comparator<TimelineEntry> BY_TIME = Comparator.comparing(
                    TimelineEntry::occurredAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(TimelineEntry::id);

    /** Groups a piano's entries of one day. */
    private record PianoDay(String pianoOrEntryId, LocalDate day) {}

    private ReportRowAssembler() {}

    static List<ReportRow> assemble(List<TimelineEntry> entries) {
        var groups = entries.stream()
                .collect(Collectors.groupingBy(ReportRowAssembler::pianoDayOf, HashMap::new, Collectors.toList()));
        var rows = new ArrayList<ReportRow>();
        groups.forEach((group, members) -> addRows(rows, group, members));
        return rows;
    }

    // An entry without a piano or a date is a group of its own.
    private static PianoDay pianoDayOf(TimelineEntry entry) {
        var day = ReportColumns.localDay(entry.occurredAt());
        if (entry.pianoId() != null && day != null) {
            return new PianoDay(entry.pianoId(), day);
        }
        return new PianoDay(entry.id(), day);
    }

    private static void addRows(List<ReportRow> rows, PianoDay group, List<TimelineEntry> members) {
        members.sort(BY_TIME);
        var services = members.stream().filter(TimelineEntry::service).toList();
        var measurements = members.stream().filter(entry -> !entry.service()).toList();
        if (services.isEmpty()) {
            addMeasurementRow(rows, group, measurements);
            return;
        }
        var attached = measurementsByService(services, measurements);
        for (var service : services) {
            var own = readingsOf(inTimeOrder(service, attached.getOrDefault(service, List.of())));
            var shown = own.isEmpty() ? readingsOf(measurements) : own;
            rows.add(serviceRow(service, shown));
        }
    }

    private static Map<TimelineEntry, List<TimelineEntry>> measurementsByService(
            List<TimelineEntry> services, List<TimelineEntry> measurements) {
        return measurements.stream().collect(Collectors.groupingBy(measurement -> nearest(services, measurement)));
    }

    // Services are ordered by time, then id: of equally near ones the first is chosen.
    private static TimelineEntry nearest(List<TimelineEntry> services, TimelineEntry measurement) {
        return services.stream()
                .min(Comparator.comparing(service -> Duration.between(service.occurredAt(), measurement.occurredAt())
                        .abs()))
                .orElseThrow();
    }

    private static List<TimelineEntry> inTimeOrder(TimelineEntry service, List<TimelineEntry> measurements) {
        var all = new ArrayList<>(measurements);
        all.add(service);
        all.sort(BY_TIME);
        return all;
    }

    private static CanonicalReadings readingsOf(List<TimelineEntry> inTime) {
        return inTime.stream().map(TimelineEntry::readings).reduce(CanonicalReadings.NONE, CanonicalReadings::plus);
    }

    private static ReportRow serviceRow(TimelineEntry service, CanonicalReadings readings) {
        return new ReportRow(
                "S:" + service.id(),
                service.clientId(),
                service.occurredAt(),
                ReportColumns.cells(
                        service.occurredAt(),
                        "Service",
                        TimelineEntryText.displayText(service.title(), service.description()),
                        service.clientName(),
                        service.piano(),
                        service.technician(),
                        readings.toCell()));
    }

    // A measurement without a reading makes no row.
    private static void addMeasurementRow(List<ReportRow> rows, PianoDay group, List<TimelineEntry> measurements) {
        var readings = readingsOf(measurements);
        if (readings.isEmpty()) {
            return;
        }
        var first = measurements.getFirst();
        rows.add(new ReportRow(
                first.pianoId() == null || group.day() == null
                        ? "M:" + first.id()
                        : "M:" + group.pianoOrEntryId() + ":" + group.day(),
                first.clientId(),
                first.occurredAt(),
                ReportColumns.cells(
                        first.occurredAt(),
                        "Mesure",
                        "",
                        first.clientName(),
                        first.piano(),
                        first.technician(),
                        readings.toCell())));
    }
}
