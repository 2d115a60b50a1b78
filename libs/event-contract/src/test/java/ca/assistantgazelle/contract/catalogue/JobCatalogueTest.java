package ca.assistantgazelle.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.contract.timetable.PlannedFire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JobCatalogueTest {
    private static final JobCatalogue PRODUCTION = JobCatalogueFile.bundled(DeploymentEnvironment.PRODUCTION);

    @ParameterizedTest
    @CsvSource({
        "sync_gazelle_2h,3,PT5M,sync",
        "timeline_report_daily,2,PT10M,report",
        "alertes_rv_court_terme,2,PT5M,alert",
        "alertes_rv_long_terme,2,PT5M,alert",
        "backup_supabase_daily,1,PT0S,backup"
    })
    void attemptsAndDelaysAreAsSpecified(String id, int attempts, Duration delay, String worker) {
        var job = PRODUCTION.find(id).orElseThrow();
        assertThat(job.attempts()).isEqualTo(attempts);
        assertThat(job.retryDelay()).isEqualTo(delay);
        assertThat(job.worker().id()).isEqualTo(worker);
    }

    @Test
    void allFiveJobsAreDefined() {
        assertThat(PRODUCTION.ids())
                .containsExactly(
                        "sync_gazelle_2h",
                        "timeline_report_daily",
                        "alertes_rv_court_terme",
                        "alertes_rv_long_terme",
                        "backup_supabase_daily");
    }

    @Test
    void aFullSyncMayLastLongerThanAPartialOne() {
        var sync = PRODUCTION.find("sync_gazelle_2h").orElseThrow();
        assertThat(sync.hardLimit(Map.of("mode", "partial"))).isEqualTo(Duration.ofMinutes(30));
        assertThat(sync.hardLimit(Map.of("mode", "full"))).isEqualTo(Duration.ofHours(3));
        var backup = PRODUCTION.find("backup_supabase_daily").orElseThrow();
        assertThat(backup.hardLimit(Map.of("mode", "full"))).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void nothingIsPlannedLocally() {
        assertThat(JobCatalogueFile.bundled(DeploymentEnvironment.LOCAL).jobs())
                .allSatisfy(job -> assertThat(job.cronExpressions()).isEmpty());
    }

    @Test
    void stagingSyncsEveryFourHoursAndBacksUpByHand() {
        var staging = JobCatalogueFile.bundled(DeploymentEnvironment.STAGING);
        assertThat(staging.find("sync_gazelle_2h").orElseThrow().cronExpressions())
                .containsExactly("0 0,4,8,12,16,20 * * *");
        assertThat(staging.find("backup_supabase_daily").orElseThrow().cronExpressions())
                .isEmpty();
        assertThat(staging.find("timeline_report_daily").orElseThrow().cronExpressions())
                .containsExactly("0 2 * * *");
    }

    @ParameterizedTest
    @EnumSource(DeploymentEnvironment.class)
    void everyEnvironmentLoads(DeploymentEnvironment environment) {
        assertThat(JobCatalogueFile.bundled(environment).zone().getId()).isEqualTo("America/Toronto");
    }

    @Test
    void anUnknownParameterIsNamed() {
        var sync = PRODUCTION.find("sync_gazelle_2h").orElseThrow();
        assertThatThrownBy(() -> sync.validateParameters(Map.of("mood", "good")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessage(
                        "job sync_gazelle_2h has no parameter 'mood'; supported parameters: [mode, recompute_notes]");
    }

    @Test
    void anIllTypedParameterIsNamedWithWhatItMustBe() {
        var sync = PRODUCTION.find("sync_gazelle_2h").orElseThrow();
        assertThatThrownBy(() -> sync.validateParameters(Map.of("mode", 7)))
                .hasMessage("parameter 'mode' of job sync_gazelle_2h must be one of [partial, full]");
        var alerts = PRODUCTION.find("alertes_rv_court_terme").orElseThrow();
        assertThatThrownBy(() -> alerts.validateParameters(Map.of("target_date", "2026-02-30")))
                .hasMessageContaining("a date such as");
        assertThatThrownBy(() -> alerts.validateParameters(Map.of("technician_ids", List.of(1))))
                .hasMessageContaining("'technician_ids'");
        alerts.validateParameters(Map.of("target_date", "2026-03-09", "technician_ids", List.of("usr_1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attempts: 0 | attempts is 0",
                "attempts: many | attempts",
                "after: no_such_job | 'no_such_job'",
                "worker: baker | baker",
                "schedule: ['0 0 30 2 *'] | '0 0 30 2 *' never matches any date",
                "schedule: ['0 2 * *'] | [schedule]: '0 2 * *' has 4 fields",
                "zone: EST | [zone]: 'EST' is not a valid time zone",
                "exclude: [carnaval] | [exclude]: value 'carnaval'",
                "misfire: SOMETIMES | SOMETIMES",
                "max_lateness: 2h | 2h",
                "max_lateness: PT-1H | value PT-1H",
                "run_with: {mode: full} | [run_with]: job tuning has no parameter 'mode'",
                "after: tuning | form a dependency cycle",
                "after: {job: tuning, wait_at_most: PT-1M} | [after]: value",
                "run_with: {mode: } | 'mode' has no value",
                "fresh: [{job: no_such_job, within: PT1H}] | 'no_such_job'",
                "hard_limit_full: PT3H | use hard_limit_by_parameter",
                "hard_limit_by_parameter: {mode: {full: PT3H}} | job tuning has no parameter 'mode'",
                "misfire: 2 | misfire",
                "worker: 1 | worker",
                "attempts: 1.7 | attempts",
                "max_lateness: 7200 | value 7200 must be an ISO 8601 duration",
                "max_lateness: PT2562047788015215H | must be at most PT8784H",
                "schedule: ['0 2 * * *', null] | [schedule]",
                "schedule: ['0 2 * * +5'] | other characters",
                "schedule: ['０ 2 * * *'] | other characters",
                "expected: PT2H | must not be longer than hard_limit",
                "fresh: [{job: tuning, within: PT1H}] | its own data",
                "parameters: {kind: {type: choice}} | needs 'choices'",
                "label: *z | aliases are not supported",
                "colour: blue | colour"
            })
    void anInvalidCatalogueNamesFileJobAndKey(String line, String named) {
        var yaml = """
                zone: America/Toronto
                jobs:
                  tuning: {worker: sync, attempts: 1, max_lateness: PT1H, expected: PT1M, hard_limit: PT1H, drain: PT1M}
                environments:
                  local:
                    tuning: {%s}
                """.formatted(line);
        assertThatThrownBy(() -> parse(yaml))
                .isInstanceOf(InvalidCatalogueException.class)
                .hasMessageContaining("test.yaml")
                .hasMessageContaining("tuning")
                .hasMessageContaining(named);
    }

    @Test
    void unknownZonesAreRejectedAndFormerNamesAccepted() {
        assertThatThrownBy(() -> parse("zone: America/Longueuil\njobs: {}")).hasMessageContaining("America/Longueuil");
        assertThatThrownBy(() -> parse("zone: America/Montreal\njobs: {}")).hasMessageContaining("no job");
    }

    @Test
    void anUnknownEnvironmentOrOverlaidJobIsNamed() {
        var jobs = "zone: America/Toronto\njobs:\n  tuning: {worker: sync, attempts: 1, max_lateness: PT1H,"
                + " expected: PT1M, hard_limit: PT1H, drain: PT1M}\n";
        assertThatThrownBy(() -> parse(jobs + "environments: {prod: {}}"))
                .hasMessageContaining("'prod' is not an environment");
        assertThatThrownBy(() -> parse(jobs + "environments: {local: {tunning: {attempts: 2}}}"))
                .hasMessageContaining("'tunning' is not a job");
        assertThatThrownBy(() -> parse(jobs + "enviroments: {}")).hasMessageContaining("enviroments");
        assertThatThrownBy(() -> parse("zone: America/Toronto\njobs:\n  tuning:\n"))
                .hasMessageContaining("job tuning: its definition is empty");
        assertThatThrownBy(() -> parse(jobs + jobs.substring(jobs.indexOf("jobs:"))))
                .hasMessageContaining("jobs");
        assertThat(parse(jobs + "environments:\n  local:\n").ids()).containsExactly("tuning");
    }

    @Test
    void theProductionWeekIsAsSpecified() {
        assertThat(week(PRODUCTION, "sync_gazelle_2h")).hasSize(5 * 9 + 2 * 3);
        assertThat(week(PRODUCTION, "timeline_report_daily")).hasSize(7).allMatch("02:00"::equals);
        assertThat(week(PRODUCTION, "backup_supabase_daily")).hasSize(7).allMatch("03:00"::equals);
        assertThat(week(PRODUCTION, "alertes_rv_long_terme")).hasSize(7).allMatch("09:00"::equals);
        assertThat(week(PRODUCTION, "alertes_rv_court_terme")).hasSize(7).allMatch("16:00"::equals);
    }

    @Test
    void onlyTheSundayMorningSyncIsFull() {
        var planning = PRODUCTION.find("sync_gazelle_2h").orElseThrow().scheduling();
        assertThat(planning.parametersAt(LocalDateTime.parse("2026-03-08T08:00")))
                .containsExactly(Map.entry("mode", "full"));
        assertThat(planning.parametersAt(LocalDateTime.parse("2026-03-08T12:00")))
                .containsExactly(Map.entry("mode", "partial"));
    }

    @Test
    void calendarsOfTheFileExcludeTheirDays() {
        var job = parse("""
                zone: America/Toronto
                calendars:
                  closed: [2026-12-24]
                jobs:
                  tuning: {worker: sync, schedule: ["0 9 * * *"], exclude: [closed, quebec_holidays], attempts: 1,
                    max_lateness: PT1H, expected: PT1M, hard_limit: PT1H, drain: PT1M}
                """).find("tuning").orElseThrow();
        assertThat(job
                        .scheduling()
                        .schedule()
                        .timetable()
                        .fires(LocalDate.parse("2026-12-23"), LocalDate.parse("2026-12-27"))
                        .stream()
                        .filter(PlannedFire::runs)
                        .map(fire -> fire.nominal().toLocalDate().getDayOfMonth()))
                .containsExactly(23, 26);
    }

    private static List<String> week(JobCatalogue catalogue, String job) {
        return catalogue
                .find(job)
                .orElseThrow()
                .scheduling()
                .schedule()
                .timetable()
                .fires(LocalDate.parse("2026-06-01"), LocalDate.parse("2026-06-08"))
                .stream()
                .map(fire -> fire.nominal().toLocalTime().toString())
                .toList();
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> JobCatalogueFile.load(Path.of("no-such-jobs.yaml"), DeploymentEnvironment.LOCAL))
                .hasMessageContaining("JOBS_FILE no-such-jobs.yaml");
    }

    @Test
    void unknownEnvironmentsAreRejectedAndTheDefaultIsLocal() {
        assertThatThrownBy(() -> DeploymentEnvironment.of("prod")).hasMessageContaining("local, staging or production");
        assertThat(DeploymentEnvironment.of(null)).isEqualTo(DeploymentEnvironment.LOCAL);
        assertThat(DeploymentEnvironment.of("")).isEqualTo(DeploymentEnvironment.LOCAL);
    }

    private static JobCatalogue parse(String yaml) {
        return JobCatalogueFile.parse("test.yaml", yaml.getBytes(StandardCharsets.UTF_8), DeploymentEnvironment.LOCAL);
    }
}
