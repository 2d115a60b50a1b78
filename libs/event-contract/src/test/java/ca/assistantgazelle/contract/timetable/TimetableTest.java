package ca.assistantgazelle.contract.timetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known cases for Toronto; all instants were computed by hand from the zone's two offsets. */
class TimetableTest {
    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

    private static Timetable of(String... expressions) {
        return with(null, null, expressions);
    }

    private static Timetable with(DstGapPolicy gap, RepeatedHourPolicy repeat, String... expressions) {
        return new Timetable(
                List.of(expressions).stream().map(CronExpression::parse).toList(), TORONTO, gap, repeat, Map.of());
    }

    private static List<String> instants(Timetable timetable, String from, String to) {
        return timetable.fires(LocalDate.parse(from), LocalDate.parse(to)).stream()
                .filter(PlannedFire::runs)
                .map(fire -> fire.at().toString())
                .toList();
    }

    @Test
    void aTimeInTheGapFiresAtTheFirstValidInstant() {
        var fires = of("0 2 * * *").fires(LocalDate.parse("2026-03-07"), LocalDate.parse("2026-03-10"));
        assertThat(fires)
                .extracting(fire -> fire.at().toString())
                .containsExactly("2026-03-07T07:00:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:00:00Z");
        assertThat(fires).extracting(PlannedFire::note).containsExactly(null, PlannedFireNote.GAP_SHIFTED, null);
        assertThat(fires.get(1).nominal()).hasToString("2026-03-08T02:00");
    }

    @ParameterizedTest
    @CsvSource({
        "NEXT_VALID, 30 2 * * *, 2026-03-08T07:00:00Z",
        "SHIFT,      30 2 * * *, 2026-03-08T07:30:00Z",
        "NEXT_VALID, 0 2 * * *,  2026-03-08T07:00:00Z",
        "SHIFT,      0 2 * * *,  2026-03-08T07:00:00Z"
    })
    void theGapPolicyDecidesWhen(DstGapPolicy policy, String cron, String at) {
        assertThat(instants(with(policy, null, cron), "2026-03-08", "2026-03-09"))
                .containsExactly(at);
    }

    @Test
    void aSkippedGapIsAFireThatDoesNotRun() {
        var fires = with(DstGapPolicy.SKIP, null, "0 2 * * *")
                .fires(LocalDate.parse("2026-03-08"), LocalDate.parse("2026-03-09"));
        assertThat(fires).singleElement().matches(fire -> !fire.runs());
        assertThat(fires.getFirst().note()).isEqualTo(PlannedFireNote.DST_GAP);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-01, 2026-11-02", "2027-11-07, 2027-11-08"})
    void aTimeAfterTheRepeatedHourFiresOnce(String from, String to) {
        assertThat(instants(of("0 2 * * *"), from, to)).containsExactly(from + "T07:00:00Z");
    }

    @Test
    void aRepeatedTimeFiresOnceUnlessAskedOtherwise() {
        var first = List.of("2026-11-01T05:30:00Z");
        var second = List.of("2026-11-01T06:30:00Z");
        assertThat(instants(of("30 1 * * *"), "2026-11-01", "2026-11-02")).isEqualTo(first);
        assertThat(instants(with(null, RepeatedHourPolicy.FIRST, "30 1 * * *"), "2026-11-01", "2026-11-02"))
                .isEqualTo(first);
        assertThat(instants(with(null, RepeatedHourPolicy.SECOND, "30 1 * * *"), "2026-11-01", "2026-11-02"))
                .isEqualTo(second);
        var both = with(null, RepeatedHourPolicy.BOTH, "30 1 * * *")
                .fires(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-02"));
        assertThat(both).extracting(PlannedFire::key).containsExactly("2026-11-01T01:30", "2026-11-01T01:30-05:00");
    }

    @Test
    void stepExpressionsFollowElapsedTime() {
        var half = of("*/30 * * * *");
        assertThat(half.fires(Instant.parse("2026-03-08T06:00:00Z"), Instant.parse("2026-03-08T07:30:00Z")))
                .extracting(fire -> fire.at().toString())
                .containsExactly("2026-03-08T06:30:00Z", "2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z");
        var autumn = half.fires(Instant.parse("2026-11-01T04:30:00Z"), Instant.parse("2026-11-01T07:00:00Z"));
        assertThat(autumn).hasSize(5).extracting(PlannedFire::key).doesNotHaveDuplicates();
    }

    @Test
    void weekdaysAndWeekendsHaveDifferentHours() {
        var sync = of("0 6,8,10,12,14,16,18,20,22 * * MON-FRI", "0 8,12,18 * * SAT,SUN");
        assertThat(instants(sync, "2026-03-08", "2026-03-09"))
                .containsExactly("2026-03-08T12:00:00Z", "2026-03-08T16:00:00Z", "2026-03-08T22:00:00Z");
        assertThat(instants(sync, "2026-11-01", "2026-11-02"))
                .containsExactly("2026-11-01T13:00:00Z", "2026-11-01T17:00:00Z", "2026-11-01T23:00:00Z");
        assertThat(instants(sync, "2026-03-06", "2026-03-07")).hasSize(9);
        assertThat(instants(sync, "2026-03-07", "2026-03-08")).hasSize(3);
        assertThat(instants(sync, "2026-03-09", "2026-03-10")).hasSize(9);
    }

    @Test
    void rareDaysAreFound() {
        assertThat(instants(of("0 3 31 * *"), "2026-01-01", "2027-01-01")).hasSize(7);
        assertThat(of("0 3 29 2 *")
                        .next(Instant.parse("2026-03-01T00:00:00Z"))
                        .orElseThrow()
                        .nominal())
                .hasToString("2028-02-29T03:00");
        assertThat(of("0 3 29 2 *")
                        .next(Instant.parse("2096-03-01T00:00:00Z"))
                        .orElseThrow()
                        .nominal())
                .hasToString("2104-02-29T03:00");
    }

    @Test
    void restrictedDayFieldsAreCombinedWithOr() {
        assertThat(instants(of("0 12 13 * FRI"), "2026-03-01", "2026-03-21"))
                .containsExactly("2026-03-06T17:00:00Z", "2026-03-13T16:00:00Z", "2026-03-20T16:00:00Z");
    }

    @Test
    void sundayIsZeroAndSeven() {
        assertThat(instants(of("0 12 * * 0"), "2026-03-07", "2026-03-09"))
                .isEqualTo(instants(of("0 12 * * 7"), "2026-03-07", "2026-03-09"))
                .containsExactly("2026-03-08T16:00:00Z");
        assertThat(instants(of("0 12 * * 5-7"), "2026-03-02", "2026-03-09")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 30 2 *",
                "0 0 31 4,6,9,11 *",
                "0 2 * *",
                "0 0 2 * * ?",
                "60 2 * * *",
                "0 24 * * *",
                "0 2 0 * *",
                "0 2 * 13 *",
                "0 2 * * 8",
                "",
                "@daily",
                "0 2 * * FUNDAY",
                "0 22-6 * * *",
                "*/0 * * * *",
                "0 2 L * *"
            })
    void invalidExpressionsAreRejected(String cron) {
        assertThatThrownBy(() -> CronExpression.parse(cron))
                .isInstanceOf(InvalidScheduleException.class)
                .hasMessageContaining("'");
    }

    @Test
    void holidaysAreExcludedWithTheirName() {
        var noHolidays = new Timetable(
                List.of(CronExpression.parse("0 9 * * *")),
                TORONTO,
                null,
                null,
                Map.of(
                        "quebec_holidays",
                        Timetable.bundledCalendar("quebec_holidays").orElseThrow()));
        var excluded = noHolidays.fires(LocalDate.parse("2026-01-01"), LocalDate.parse("2027-01-01")).stream()
                .filter(fire -> !fire.runs())
                .map(fire -> fire.nominal().toLocalDate() + " " + fire.reason())
                .toList();
        assertThat(excluded)
                .containsExactly(
                        "2026-01-01 quebec_holidays: jour de l'An",
                        "2026-04-03 quebec_holidays: Vendredi saint",
                        "2026-04-06 quebec_holidays: lundi de Pâques",
                        "2026-05-18 quebec_holidays: Journée nationale des patriotes",
                        "2026-06-24 quebec_holidays: fête nationale",
                        "2026-07-01 quebec_holidays: fête du Canada",
                        "2026-09-07 quebec_holidays: fête du Travail",
                        "2026-10-12 quebec_holidays: Action de grâces",
                        "2026-12-25 quebec_holidays: Noël");
        assertThat(noHolidays
                        .nextRun(Instant.parse("2026-12-24T23:00:00Z"))
                        .orElseThrow()
                        .nominal())
                .hasToString("2026-12-26T09:00");
    }

    @Test
    void calendarsThatExcludeEveryDayAreRejected() {
        var christmas = new Timetable(
                List.of(CronExpression.parse("0 9 25 12 *")),
                TORONTO,
                null,
                null,
                Map.of(
                        "quebec_holidays",
                        Timetable.bundledCalendar("quebec_holidays").orElseThrow()));
        assertThatThrownBy(christmas::requireAnyRun).isInstanceOf(InvalidScheduleException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "America/Montreal, America/Toronto",
        "US/Eastern, America/New_York",
        "Asia/Calcutta, Asia/Kolkata",
        "Europe/Amsterdam, Europe/Amsterdam",
        "UTC, Etc/UTC"
    })
    void formerZoneNamesAreReplaced(String name, String present) {
        assertThat(TimeZones.canonical(name)).hasToString(present);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EST", "GMT-5", "Etc/GMT+5", "-05:00", "Toronto", "America/Gotham", "", "EST5EDT"})
    void invalidZonesAreRejectedWithAHint(String name) {
        assertThatThrownBy(() -> TimeZones.canonical(name))
                .isInstanceOf(InvalidScheduleException.class)
                .hasMessageContaining("America/Toronto");
    }
}
