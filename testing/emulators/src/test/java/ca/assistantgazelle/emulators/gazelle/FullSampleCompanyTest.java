package ca.assistantgazelle.emulators.gazelle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sample with the company's real volumes. */
class FullSampleCompanyTest {
    private static final LocalDate ANCHOR = LocalDate.of(2026, 3, 9);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-09T15:00:00Z"), ZoneOffset.UTC);
    private static final EmulatedRecords FULL = SampleCompany.create(SampleVolumes.FULL, ANCHOR, CLOCK);

    @Test
    void itHasTheRecordedVolumes() {
        assertThat(FULL.all(RecordCollection.CLIENTS)).hasSize(4_003);
        assertThat(FULL.all(RecordCollection.CONTACTS)).hasSizeBetween(4_800, 5_300);
        assertThat(FULL.all(RecordCollection.PIANOS)).hasSize(4_500);
        assertThat(FULL.all(RecordCollection.EVENTS)).hasSize(11_500);
        assertThat(FULL.all(RecordCollection.TIMELINE)).hasSize(154_242);
    }

    @Test
    void itLacksReferencesAsOftenAsTheRealData() {
        var timeline = FULL.all(RecordCollection.TIMELINE);
        assertThat(share("pianoId")).isBetween(0.75, 0.83);
        assertThat(share("userId")).isBetween(0.42, 0.50);
        assertThat(timeline.stream()
                                .filter(entry -> "SERVICE_ENTRY_MANUAL".equals(entry.get("type")))
                                .count()
                        / (double) timeline.size())
                .isBetween(0.06, 0.075);
        assertThat(timeline.stream()
                        .filter(entry -> ((String) entry.get("occurredAt")).compareTo("2026-02-07") > 0)
                        .count())
                .isBetween(900L, 1_600L);
    }

    @Test
    void itIsTheSameEveryTime() {
        var again = SampleCompany.create(SampleVolumes.FULL, ANCHOR, CLOCK);
        for (var collection : RecordCollection.values()) {
            assertThat(again.all(collection)).isEqualTo(FULL.all(collection));
        }
    }

    private static double share(String missing) {
        var timeline = FULL.all(RecordCollection.TIMELINE);
        return timeline.stream()
                        .map((Map<String, Object> entry) -> entry.get(missing))
                        .filter(v -> v == null)
                        .count()
                / (double) timeline.size();
    }
}
