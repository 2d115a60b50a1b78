package ca.assistantgazelle.report.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportRowAssemblerTest {
    private static final ReportPiano PIANO = new ReportPiano("Steinway", "D", "0042", "GRAND", "2012", "Salle 1");

    private final List<TimelineEntry> entries = new ArrayList<>();

    @Test
    void threePianosWithTheSameNoteAreThreeRows() {
        service("s1", "p1", "2026-01-10T15:00:00Z", "");
        service("s2", "p2", "2026-01-10T15:00:00Z", "");
        service("s3", "p3", "2026-01-10T15:00:00Z", "");
        assertThat(rows()).containsExactlyInAnyOrder("S:s1 ", "S:s2 ", "S:s3 ");
    }

    @Test
    void theSameReadingOnTwoPianosIsTwoReadings() {
        measurement("m1", "p1", "2026-01-10T15:00:00Z", "21°C, 40%");
        measurement("m2", "p2", "2026-01-10T15:00:00Z", "21°C, 40%");
        assertThat(rows()).containsExactlyInAnyOrder("M:p1:2026-01-10 21°C, 40%", "M:p2:2026-01-10 21°C, 40%");
    }

    @Test
    void anEveningInMontrealBelongsToTheLocalDay() {
        service("s1", "p1", "2026-01-11T02:30:00Z", "");
        measurement("m1", "p1", "2026-01-11T02:40:00Z", "21°C, 40%");
        measurement("m2", "p1", "2026-01-11T05:00:00Z", "19°C, 41%");
        assertThat(rows()).containsExactlyInAnyOrder("S:s1 21°C, 40%", "M:p1:2026-01-11 19°C, 41%");
    }

    @Test
    void theDayOfTheClockChangeIsOneDay() {
        service("s1", "p1", "2026-03-08T05:00:00Z", "");
        measurement("m1", "p1", "2026-03-09T03:59:00Z", "21°C, 40%");
        assertThat(rows()).containsExactly("S:s1 21°C, 40%");
    }

    @Test
    void aMeasurementBelongsToTheServiceNearestInTime() {
        service("s1", "p1", "2026-01-10T14:00:00Z", "20°C, 38%");
        service("s2", "p1", "2026-01-10T18:00:00Z", "");
        measurement("m1", "p1", "2026-01-10T17:00:00Z", "21°C, 40%");
        assertThat(rows()).containsExactlyInAnyOrder("S:s1 20°C, 38%", "S:s2 21°C, 40%");
    }

    @Test
    void aServiceWithoutAnyReadingOfItsOwnGetsTheDaysReadings() {
        service("s1", "p1", "2026-01-10T14:00:00Z", "");
        service("s2", "p1", "2026-01-10T18:00:00Z", "");
        measurement("m1", "p1", "2026-01-10T17:00:00Z", "21°C, 40%");
        assertThat(rows()).containsExactlyInAnyOrder("S:s1 21°C, 40%", "S:s2 21°C, 40%");
    }

    @Test
    void theEarlierOfTwoEquallyNearServicesIsChosen() {
        service("s2", "p1", "2026-01-10T14:00:00Z", "20°C, 38%");
        service("s1", "p1", "2026-01-10T16:00:00Z", "22°C, 39%");
        measurement("m1", "p1", "2026-01-10T15:00:00Z", "21°C, 40%");
        assertThat(rows()).containsExactlyInAnyOrder("S:s2 20°C, 38% | 21°C, 40%", "S:s1 22°C, 39%");
    }

    @Test
    void readingsAreDistinctAndInTimeOrder() {
        service("s1", "p1", "2026-01-10T15:00:00Z", "21°C, 40%");
        measurement("m1", "p1", "2026-01-10T16:00:00Z", "22°C, 41%");
        measurement("m2", "p1", "2026-01-10T14:00:00Z", "20°C, 39%");
        measurement("m3", "p1", "2026-01-10T17:00:00Z", "21°C, 40%");
        assertThat(rows()).containsExactly("S:s1 20°C, 39% | 21°C, 40% | 22°C, 41%");
    }

    @Test
    void aReadingIsKeptWithoutAPianoAndWithoutADate() {
        service("s1", null, "2026-01-10T15:00:00Z", "21°C, 40%");
        service("s2", "p1", null, "20°C, 38%");
        assertThat(rows()).containsExactlyInAnyOrder("S:s1 21°C, 40%", "S:s2 20°C, 38%");
    }

    @Test
    void theOrderOfTheEntriesDoesNotMatter() {
        var random = new Random(5);
        for (int i = 0; i < 60; i++) {
            var at = Instant.parse("2026-03-07T00:00:00Z").plusSeconds(random.nextInt(300_000));
            var piano = random.nextInt(4) == 0 ? null : "p" + random.nextInt(5);
            var reading = random.nextBoolean() ? "" : (18 + random.nextInt(4)) + "°C, 40%";
            if (random.nextBoolean()) {
                service("s" + i, piano, at.toString(), reading);
            } else {
                measurement("m" + i, piano, at.toString(), reading);
            }
        }
        var first = rows();
        Collections.shuffle(entries, random);
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(first);
    }

    private void service(String id, String piano, String at, String reading) {
        add(id, true, piano, at, reading);
    }

    private void measurement(String id, String piano, String at, String reading) {
        add(id, false, piano, at, reading);
    }

    private void add(String id, boolean service, String piano, String at, String reading) {
        entries.add(new TimelineEntry(
                id,
                service,
                at == null ? null : Instant.parse(at),
                "cli_1",
                "UQAM",
                piano,
                PIANO,
                "Anne Roy",
                "Accord",
                null,
                CanonicalReadings.parse(reading.isEmpty() ? null : reading)));
    }

    private List<String> rows() {
        return ReportRowAssembler.assemble(entries).stream()
                .map(row -> row.key() + " " + row.cells().getLast())
                .toList();
    }
}
