package ca.assistantgazelle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.JobCatalogue;
import ca.assistantgazelle.contract.catalogue.JobCatalogueFile;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.scheduler.planning.CatchUpMode;
import ca.assistantgazelle.simulator.SimulatedOutcome.SimulatedFire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scheduling behaviours of docs/timetable.md; the prefixes number the scenarios. */
class SchedulerSimulationTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final JobCatalogue PRODUCTION = JobCatalogueFile.bundled(DeploymentEnvironment.PRODUCTION);

    @TempDir
    Path folder;

    private static final class ScenarioBuilder {
        private final JobCatalogue catalogue;
        private final List<String> outages = new ArrayList<>();
        private Map<String, Duration> lasts = Map.of();
        private Map<String, Integer> fails = Map.of();
        private List<SimulationScenario.SimulatedPause> pauses = List.of();

        ScenarioBuilder(JobCatalogue catalogue) {
            this.catalogue = catalogue;
        }

        ScenarioBuilder outage(String text) {
            outages.add(text);
            return this;
        }

        ScenarioBuilder lasts(String job, String duration) {
            lasts = Map.of(job, Duration.parse(duration));
            return this;
        }

        ScenarioBuilder fails(String job, int attempts) {
            fails = Map.of(job, attempts);
            return this;
        }

        ScenarioBuilder pause(String job, String period, CatchUpMode catchUp) {
            pauses = List.of(
                    new SimulationScenario.SimulatedPause(job, OutageParser.parse(period, catalogue.zone()), catchUp));
            return this;
        }

        SimulatedOutcome between(String from, String to) {
            try (var database = database()) {
                return between(from, to, database);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        SimulatedOutcome between(String from, String to, SimulationDatabase database) {
            return SchedulerSimulation.run(scenario(from, to), database.database(), day -> {});
        }

        SimulationScenario scenario(String from, String to) {
            return new SimulationScenario(
                    catalogue,
                    LocalDate.parse(from),
                    LocalDate.parse(to),
                    outages.stream()
                            .map(text -> OutageParser.parse(text, catalogue.zone()))
                            .toList(),
                    pauses,
                    lasts,
                    fails);
        }
    }

    @Test
    void jobStateLostFromTheDatabaseIsRestored() throws SQLException {
        var days = new AtomicInteger();
        try (var database = database()) {
            var outcome = SchedulerSimulation.run(
                    production().scenario("2026-06-01", "2026-06-04"), database.database(), day -> {
                        if (days.incrementAndGet() == 3) {
                            database.database().update("delete from automation.job_state");
                        }
                    });
            assertThat(outcome.fires()).allMatch(fire -> fire.status().equals("success"));
            assertThat(nominalFrom("2026-06-03", outcome))
                    .isNotEmpty()
                    .isEqualTo(nominalFrom("2026-06-03", production().between("2026-06-01", "2026-06-04")));
        }
    }

    private static List<String> nominalFrom(String day, SimulatedOutcome outcome) {
        return outcome.fires().stream()
                .filter(fire -> fire.nominal().compareTo(day) >= 0)
                .map(fire -> fire.job() + " " + fire.nominal())
                .toList();
    }

    private static SimulationDatabase database() throws SQLException {
        return new SimulationDatabase(TestEnvironment.get().postgres(), "simulation_" + NUMBER.incrementAndGet());
    }

    private static ScenarioBuilder production() {
        return new ScenarioBuilder(PRODUCTION);
    }

    private ScenarioBuilder jobs(String yaml) throws IOException {
        var file = folder.resolve("jobs.yaml");
        Files.writeString(file, "zone: America/Toronto\njobs:\n" + yaml);
        return new ScenarioBuilder(JobCatalogueFile.load(file, DeploymentEnvironment.PRODUCTION));
    }

    private static String job(String id, String schedule, String more) {
        var line = new StringBuilder("  " + id + ": {worker: sync, schedule: [\"" + schedule + "\"], attempts: 3");
        var usual =
                List.of("retry_delay: PT5M", "max_lateness: PT2H", "expected: PT1M", "hard_limit: PT3H", "drain: PT1M");
        for (var key : usual) {
            if (!more.contains(key.substring(0, key.indexOf(':') + 1))) {
                line.append(", ").append(key);
            }
        }
        return line + (more.isEmpty() ? "" : ", " + more) + "}\n";
    }

    private static List<SimulatedFire> firesOf(SimulatedOutcome outcome, String job) {
        return outcome.fires().stream().filter(fire -> fire.job().equals(job)).toList();
    }

    private static List<String> dispositions(SimulatedOutcome outcome, String job) {
        return firesOf(outcome, job).stream()
                .map(fire -> fire.nominal().substring(11) + " " + fire.disposition())
                .toList();
    }

    @Test
    void b5TheBackupWaitsForTheReportOfTheShiftedNight() {
        var outcome = production().between("2026-03-08", "2026-03-09");
        var report = firesOf(outcome, "timeline_report_daily").getFirst();
        assertThat(report.at()).hasToString("2026-03-08T07:00:00Z");
        assertThat(report.note()).isEqualTo("GAP_SHIFTED");
        var backup = firesOf(outcome, "backup_supabase_daily").getFirst();
        assertThat(backup.at()).hasToString("2026-03-08T07:00:00Z");
        assertThat(backup.startedAt()).isEqualTo(report.finishedAt());
        assertThat(backup.reason()).contains("started after timeline_report_daily");
    }

    @Test
    void b5AHangingReportDelaysTheBackupByTwentyMinutes() {
        var outcome = production().lasts("timeline_report_daily", "PT19H").between("2026-03-08", "2026-03-09");
        var backup = firesOf(outcome, "backup_supabase_daily").getFirst();
        assertThat(backup.startedAt()).hasToString("2026-03-08T07:20:00Z");
        assertThat(backup.reason()).contains("without waiting any longer");
        // Both attempts, ten minutes apart, are stopped by the hard limit of 20 minutes.
        var report = firesOf(outcome, "timeline_report_daily").getFirst();
        assertThat(report.status()).isEqualTo("error");
        assertThat(report.attempts()).isEqualTo(2);
        assertThat(report.finishedAt()).hasToString("2026-03-08T07:50:00Z");
        assertThat(outcome.events())
                .filteredOn(event -> event.event().equals("RUN_FAILED"))
                .singleElement()
                .matches(event -> event.job().equals("timeline_report_daily"));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-01, 2026-11-02, 2026-11-01T07:00:00Z", "2027-11-07, 2027-11-08, 2027-11-07T07:00:00Z"})
    void b6TheRepeatedHourHasOneReport(String from, String to, String at) {
        var reports = firesOf(production().between(from, to), "timeline_report_daily");
        assertThat(reports).singleElement().matches(fire -> fire.at().toString().equals(at));
    }

    @Test
    void b14EveryPlannedRunOfTheWeeksAroundClockChangesRunsOnce() {
        for (var week : List.of("2026-03-05", "2026-10-29", "2027-03-11", "2027-11-04", "2028-02-27")) {
            var from = LocalDate.parse(week);
            var outcome = production().between(week, from.plusDays(6).toString());
            assertThat(outcome.fires())
                    .hasSize(expected(from, from.plusDays(6)))
                    .allMatch(fire -> fire.disposition().equals("RAN") && fire.attempts() == 1);
            assertThat(outcome.events()).isEmpty();
        }
    }

    // Nine syncs on weekdays, three on weekend days, and four other jobs a day.
    private static int expected(LocalDate from, LocalDate to) {
        return from.datesUntil(to)
                .mapToInt(date -> date.getDayOfWeek().getValue() > 5 ? 3 + 4 : 9 + 4)
                .sum();
    }

    @Test
    void b23AReportMissedInTheNightIsCaughtUpAndTheBackupFollows() {
        var outcome = production().outage("2026-06-10T01:50/05:10").between("2026-06-10", "2026-06-11");
        var report = firesOf(outcome, "timeline_report_daily").getFirst();
        assertThat(report.nominal()).isEqualTo("2026-06-10T02:00");
        assertThat(report.startedAt()).hasToString("2026-06-10T09:10:00Z");
        assertThat(report.cause()).isEqualTo("CATCH_UP");
        assertThat(report.reason()).contains("3 h 10 min late");
        assertThat(firesOf(outcome, "backup_supabase_daily").getFirst().startedAt())
                .isEqualTo(report.finishedAt());
    }

    @Test
    void b25AnAlertMissedForTooLongIsNotSentLate() {
        var outcome = production().outage("2026-06-10T15:50/23:30").between("2026-06-10", "2026-06-11");
        assertThat(dispositions(outcome, "alertes_rv_court_terme")).containsExactly("16:00 MISSED_EXPIRED");
        assertThat(outcome.events())
                .filteredOn(event -> event.job().equals("alertes_rv_court_terme"))
                .singleElement()
                .matches(event ->
                        event.event().equals("RUN_FAILED") && event.message().contains("16:00"));
        assertThat(dispositions(outcome, "sync_gazelle_2h"))
                .endsWith("16:00 MISSED_COALESCED", "18:00 MISSED_COALESCED", "20:00 MISSED_COALESCED", "22:00 RAN");
    }

    @Test
    void aRetryIsNotStartedAfterItsRunCeasedToBeUseful() {
        var outcome = production()
                .fails("alertes_rv_court_terme", 1)
                .outage("2026-06-10T16:04/2026-06-11T09:00")
                .between("2026-06-10", "2026-06-12");
        var fires = firesOf(outcome, "alertes_rv_court_terme");
        assertThat(fires).hasSize(2);
        assertThat(fires.getFirst().status()).isEqualTo("error");
        assertThat(fires.getFirst().reason()).contains("TRIGGER_EXPIRED", "2026-06-11T00:00:00Z");
        assertThat(fires.getFirst().startedAt()).hasToString("2026-06-10T20:01:00Z");
        assertThat(fires.getLast().status()).isEqualTo("success");
        assertThat(outcome.events())
                .filteredOn(event -> event.job().equals("alertes_rv_court_terme"))
                .extracting(SimulatedOutcome.ReportedEvent::event)
                .containsExactly("RUN_FAILED");
    }

    @Test
    void aWaitingRunIsNotReleasedAfterItCeasedToBeUseful() {
        var outcome = production()
                .lasts("sync_gazelle_2h", "PT30M")
                .outage("2026-06-10T16:10/2026-06-11T09:00")
                .between("2026-06-10", "2026-06-12");
        var fire = firesOf(outcome, "alertes_rv_court_terme").getFirst();
        assertThat(fire.disposition()).isEqualTo("EXPIRED");
        assertThat(fire.startedAt()).isNull();
    }

    @Test
    void b30AMonthOfMissedMinutesIsFoldedAndCapped() throws IOException {
        var outcome = jobs(job("minutely", "* * * * *", "misfire: ALL, max_lateness: P40D, expected: PT1S")
                        + job("daily", "0 12 * * *", ""))
                .outage("2026-06-01T00:00/2026-06-30T23:59")
                .between("2026-06-01", "2026-07-01");
        var minutely = firesOf(outcome, "minutely");
        assertThat(minutely)
                .filteredOn(fire -> fire.disposition().equals("RAN"))
                .hasSize(101 - 1);
        var folded = minutely.stream()
                .filter(fire -> fire.disposition().startsWith("MISSED"))
                .toList();
        assertThat(folded).hasSize(101);
        assertThat(folded.getFirst().reason()).contains("fires from 2026-06-01T00:00 to");
        assertThat(outcome.events())
                .extracting(SimulatedOutcome.ReportedEvent::job)
                .contains("minutely");
        assertThat(dispositions(outcome, "daily")).endsWith("12:00 MISSED_EXPIRED");
    }

    @Test
    void b55ASyncThatFailsTwiceSucceedsAtTheThirdAttempt() {
        var outcome = production()
                .fails("sync_gazelle_2h", 2)
                // The scheduler is down when the second attempt is due.
                .outage("2026-06-10T06:03/06:05")
                .between("2026-06-10", "2026-06-11");
        var first = firesOf(outcome, "sync_gazelle_2h").getFirst();
        assertThat(first.status()).isEqualTo("success");
        assertThat(first.attempts()).isEqualTo(3);
        // 06:00 + 1 min, + 5 min, + 1 min, + 5 min, + 1 min.
        assertThat(first.finishedAt()).hasToString("2026-06-10T10:13:00Z");
        assertThat(outcome.events()).isEmpty();
    }

    @Test
    void b55AfterTheLastAttemptTheFailureIsPublishedAndTheNextCycleRuns() {
        var outcome = production().fails("sync_gazelle_2h", 3).between("2026-06-10", "2026-06-11");
        var syncs = firesOf(outcome, "sync_gazelle_2h");
        assertThat(syncs).hasSize(9).allMatch(fire -> fire.attempts() == 3);
        assertThat(syncs).allMatch(fire -> fire.status().equals("error"));
        assertThat(outcome.events()).hasSize(9).allMatch(event -> event.event().equals("RUN_FAILED"));
        // The 16:00 alert waits 13 minutes for the failing sync and then runs.
        var alert = firesOf(outcome, "alertes_rv_court_terme").getFirst();
        assertThat(alert.startedAt()).hasToString("2026-06-10T20:13:00Z");
        assertThat(alert.reason()).contains("ended with error").contains("sync_gazelle_2h");
    }

    @Test
    void b56AFailedBackupIsNotRetried() {
        var outcome = production().fails("backup_supabase_daily", 1).between("2026-06-10", "2026-06-11");
        var backup = firesOf(outcome, "backup_supabase_daily").getFirst();
        assertThat(backup.status()).isEqualTo("error");
        assertThat(backup.attempts()).isEqualTo(1);
        assertThat(outcome.events())
                .singleElement()
                .matches(event -> event.job().startsWith("backup"));
    }

    @Test
    void b58TheOverlapPolicyDecides() throws IOException {
        var hours = "0 8,10,12 * * *";
        var long2h10 = "PT2H10M";
        var skip = jobs(job("tuning", hours, "")).lasts("tuning", long2h10);
        var skipped = skip.between("2026-06-10", "2026-06-11");
        assertThat(dispositions(skipped, "tuning")).containsExactly("08:00 RAN", "10:00 SKIPPED_OVERLAP", "12:00 RAN");
        assertThat(firesOf(skipped, "tuning").get(1).reason()).contains("was still running");
        var buffer = jobs(job("tuning", hours, "overlap: BUFFER_ONE"))
                .lasts("tuning", long2h10)
                .between("2026-06-10", "2026-06-11");
        assertThat(firesOf(buffer, "tuning").get(1).startedAt()).hasToString("2026-06-10T14:10:00Z");
        var cancel = jobs(job("tuning", hours, "overlap: CANCEL_OTHER"))
                .lasts("tuning", long2h10)
                .between("2026-06-10", "2026-06-11");
        assertThat(firesOf(cancel, "tuning").get(0).status()).isEqualTo("cancelled");
        assertThat(firesOf(cancel, "tuning").get(1).startedAt()).hasToString("2026-06-10T14:00:02Z");
    }

    @ParameterizedTest
    // The fire of 10:00 was of use until 12:00, and is not caught up at 13:00.
    @CsvSource({"NONE, 0", "LAST, 1", "ALL, 1"})
    void b26FiresSuppressedByAPauseRunOnlyWhenRequested(CatchUpMode catchUp, int caughtUp) {
        var outcome = production()
                .pause("sync_gazelle_2h", "2026-06-10T09:00/13:00", catchUp)
                .between("2026-06-10", "2026-06-11");
        var syncs = firesOf(outcome, "sync_gazelle_2h");
        assertThat(syncs).hasSize(9);
        assertThat(syncs)
                .filteredOn(fire -> fire.disposition().equals("SUPPRESSED_PAUSED"))
                .hasSize(2 - caughtUp)
                .allMatch(fire -> fire.reason().contains("paused by simulated: as in the scenario"));
        assertThat(syncs)
                .filteredOn(fire -> fire.cause().equals("CATCH_UP"))
                .hasSize(caughtUp)
                .allMatch(fire -> !fire.startedAt().isBefore(Instant.parse("2026-06-10T17:00:00Z")));
        if (catchUp == CatchUpMode.LAST) {
            assertThat(dispositions(outcome, "sync_gazelle_2h")).contains("10:00 SUPPRESSED_PAUSED", "12:00 RAN");
        }
    }

    /** The second catalogue takes effect at midnight in its own zone, which is 10:00 in Toronto. */
    private static String brisbane(String job) {
        return "zone: Australia/Brisbane\njobs:\n" + job;
    }

    private ScenarioBuilder fromYaml(String yaml) throws IOException {
        var file = folder.resolve("edited.yaml");
        Files.writeString(file, yaml);
        return new ScenarioBuilder(JobCatalogueFile.load(file, DeploymentEnvironment.PRODUCTION));
    }

    @Test
    void b27AnEditedTimetableFiresNothingInThePastAndLosesNoFire() throws Exception {
        try (var database = database()) {
            var toronto = "zone: America/Toronto";
            fromYaml(brisbane(job("tuning", "15 1 * * *", toronto))).between("2026-06-01", "2026-06-03", database);
            // Takes effect on 3 June at 10:00 in Toronto.
            fromYaml(brisbane(job("tuning", "15 2 * * *", toronto))).between("2026-06-05", "2026-06-07", database);
            assertThat(nominals(database))
                    .doesNotHaveDuplicates()
                    .contains("2026-06-03T01:15", "2026-06-04T02:15")
                    .doesNotContain("2026-06-03T02:15", "2026-06-04T01:15");
        }
    }

    private static List<String> nominals(SimulationDatabase database) {
        return database.database().list("select nominal from automation.run order by nominal", row -> row.getString(0));
    }

    @Test
    void b29AJobRemovedAndAddedAgainIsNotCaughtUp() throws Exception {
        try (var database = database()) {
            var other = job("other", "0 12 * * *", "");
            var report = job("tuning", "0 9 * * *", "max_lateness: P30D");
            jobs(report + other).between("2026-06-01", "2026-06-03", database);
            jobs(other).between("2026-06-05", "2026-06-07", database);
            var outcome = jobs(report + other).between("2026-06-10", "2026-06-12", database);
            assertThat(firesOf(outcome, "tuning"))
                    .extracting(fire -> fire.nominal() + " " + fire.disposition())
                    .containsExactly("2026-06-10T09:00 RAN", "2026-06-11T09:00 RAN");
            assertThat(database.database()
                            .list(
                                    "select nominal from automation.run where job = 'tuning' and nominal between '2026-06-03T12' and '2026-06-08'",
                                    row -> row.getString(0)))
                    .isEmpty();
        }
    }

    @Test
    void b32PurgingHistoryDoesNotFireAgain() throws Exception {
        try (var database = database()) {
            var job = job("tuning", "0 9 * * *", "");
            jobs(job).between("2026-06-01", "2026-06-03", database);
            database.database().update("delete from automation.attempt");
            database.database().update("delete from automation.run");
            // The clock starts before the last fire, whose row was deleted.
            jobs(job).between("2026-06-03", "2026-06-04", database);
            assertThat(nominals(database)).containsExactly("2026-06-03T09:00");
        }
    }

    @Test
    void b2AFireSkippedInTheGapHasARowAndRaisesNoAlert() throws IOException {
        var outcome = jobs(job("night", "0 2 * * *", "gap: SKIP")).between("2026-03-08", "2026-03-10");
        assertThat(dispositions(outcome, "night")).containsExactly("02:00 DST_GAP", "02:00 RAN");
        assertThat(outcome.events()).isEmpty();
    }

    @Test
    void holidaysAndStaleDataAreRecordedOnTheRun() throws IOException {
        var outcome = jobs(job("office", "0 9 * * *", "exclude: [quebec_holidays]")
                        + job("rare", "0 0 1 1 *", "")
                        + job("strict", "0 10 * * *", "fresh: [{job: rare, within: PT1H, otherwise: SKIP}]")
                        + job("lenient", "0 11 * * *", "fresh: [{job: rare, within: PT1H}]"))
                .between("2026-06-24", "2026-06-25");
        assertThat(dispositions(outcome, "office")).containsExactly("09:00 EXCLUDED");
        assertThat(firesOf(outcome, "office").getFirst().reason()).contains("fête nationale");
        assertThat(dispositions(outcome, "strict")).containsExactly("10:00 SKIPPED_STALE");
        assertThat(dispositions(outcome, "lenient")).containsExactly("11:00 RAN");
        assertThat(firesOf(outcome, "lenient").getFirst().reason()).isEqualTo("rare has never succeeded");
    }

    @Test
    void onWeekendsTheAlertDoesNotWait() {
        var outcome = production().between("2026-06-13", "2026-06-14");
        var alert = firesOf(outcome, "alertes_rv_court_terme").getFirst();
        assertThat(alert.startedAt()).hasToString("2026-06-13T20:00:00Z");
        assertThat(alert.reason()).isNull();
    }

    @Test
    void b63StagingSyncsEveryFourHoursAndLocalDoesNothing() {
        var staging = new ScenarioBuilder(JobCatalogueFile.bundled(DeploymentEnvironment.STAGING))
                .between("2026-06-10", "2026-06-11");
        assertThat(firesOf(staging, "sync_gazelle_2h")).hasSize(6);
        assertThat(firesOf(staging, "backup_supabase_daily")).isEmpty();
        var local = new ScenarioBuilder(JobCatalogueFile.bundled(DeploymentEnvironment.LOCAL))
                .between("2026-06-10", "2026-06-11");
        assertThat(local.fires()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void everyFireHasExactlyOneRowWhateverTheOutages(long seed) {
        var random = new Random(seed);
        var wish = production().fails("timeline_report_daily", random.nextInt(3));
        for (int day = 1; day <= 6; day++) {
            int hour = random.nextInt(22);
            wish.outage("2026-03-0%dT%02d:%02d/%02d:%02d"
                    .formatted(
                            day, hour, random.nextInt(60), hour + 1 + random.nextInt(23 - hour), random.nextInt(60)));
        }
        var outcome = wish.between("2026-03-01", "2026-03-08");
        assertThat(outcome.fires()).hasSize(expected(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-08")));
        assertThat(outcome.fires())
                .extracting(fire -> fire.job() + " " + fire.nominal())
                .doesNotHaveDuplicates();
        assertThat(outcome.fires()).noneMatch(fire -> fire.disposition().equals("OPEN"));
        assertThat(outcome.fires())
                .filteredOn(fire -> fire.startedAt() != null)
                .allMatch(fire -> !fire.startedAt().isBefore(fire.at()));
    }
}
