package ca.assistantgazelle.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JobCatalogueTest {
  private static final JobCatalogue PRODUCTION = CatalogueFile.bundled(Environment.PRODUCTION);

  @ParameterizedTest
  @CsvSource({
    "sync_gazelle_2h,3,PT5M,sync",
    "timeline_report_daily,2,PT10M,report",
    "alertes_rv_court_terme,2,PT5M,alert",
    "alertes_rv_long_terme,2,PT5M,alert",
    "backup_supabase_daily,1,PT0S,backup"
  })
  void attemptsAndDelaysAreTheSeeds(String id, int attempts, Duration delay, String worker) {
    var job = PRODUCTION.find(id).orElseThrow();
    assertThat(job.attempts()).isEqualTo(attempts);
    assertThat(job.retryDelay()).isEqualTo(delay);
    assertThat(job.worker().word()).isEqualTo(worker);
  }

  @Test
  void theFiveJobsAreThere() {
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
    assertThat(CatalogueFile.bundled(Environment.LOCAL).jobs())
        .allSatisfy(job -> assertThat(job.schedule()).isEmpty());
  }

  @Test
  void stagingSyncsEveryFourHoursAndBacksUpByHand() {
    var staging = CatalogueFile.bundled(Environment.STAGING);
    assertThat(staging.find("sync_gazelle_2h").orElseThrow().schedule())
        .containsExactly("0 0,4,8,12,16,20 * * *");
    assertThat(staging.find("backup_supabase_daily").orElseThrow().schedule()).isEmpty();
    assertThat(staging.find("timeline_report_daily").orElseThrow().schedule())
        .containsExactly("0 2 * * *");
  }

  @ParameterizedTest
  @EnumSource(Environment.class)
  void everyEnvironmentLoads(Environment environment) {
    assertThat(CatalogueFile.bundled(environment).zone().getId()).isEqualTo("America/Toronto");
  }

  @Test
  void anUnknownParameterIsNamed() {
    var sync = PRODUCTION.find("sync_gazelle_2h").orElseThrow();
    assertThatThrownBy(() -> sync.check(Map.of("mood", "good")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("job sync_gazelle_2h has no parameter 'mood'; it takes [mode]");
  }

  @Test
  void anIllTypedParameterIsNamedWithWhatItMustBe() {
    var sync = PRODUCTION.find("sync_gazelle_2h").orElseThrow();
    assertThatThrownBy(() -> sync.check(Map.of("mode", 7)))
        .hasMessage("parameter 'mode' of job sync_gazelle_2h must be one of [partial, full]");
    var alerts = PRODUCTION.find("alertes_rv_court_terme").orElseThrow();
    assertThatThrownBy(() -> alerts.check(Map.of("target_date", "2026-02-30")))
        .hasMessageContaining("a date such as");
    assertThatThrownBy(() -> alerts.check(Map.of("technician_ids", List.of(1))))
        .hasMessageContaining("'technician_ids'");
    alerts.check(Map.of("target_date", "2026-03-09", "technician_ids", List.of("usr_1")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attempts: 0 | attempts is 0",
        "attempts: many | attempts",
        "after: nobody | 'nobody'",
        "worker: baker | baker",
        "colour: blue | colour"
      })
  void anInvalidCatalogueNamesFileJobAndKey(String line, String named) {
    var yaml =
        """
        zone: America/Toronto
        jobs:
          tuning: {worker: sync, attempts: 1, max_lateness: PT1H, expected: PT1M, hard_limit: PT1H, drain: PT1M}
        environments:
          local:
            tuning: {%s}
        """
            .formatted(line);
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(InvalidCatalogueException.class)
        .hasMessageContaining("test.yaml")
        .hasMessageContaining("tuning")
        .hasMessageContaining(named);
  }

  @Test
  void anUnknownZoneIsRefusedAndTheOldAliasIsRead() {
    assertThatThrownBy(() -> parse("zone: America/Longueuil\njobs: {}"))
        .hasMessageContaining("America/Longueuil");
    assertThatThrownBy(() -> parse("zone: America/Montreal\njobs: {}"))
        .hasMessageContaining("no job");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> CatalogueFile.load(Path.of("no-such-jobs.yaml"), Environment.LOCAL))
        .hasMessageContaining("JOBS_FILE no-such-jobs.yaml");
  }

  @Test
  void anUnknownEnvironmentIsRefusedAndNoneMeansLocal() {
    assertThatThrownBy(() -> Environment.of("prod"))
        .hasMessageContaining("local, staging or production");
    assertThat(Environment.of(null)).isEqualTo(Environment.LOCAL);
    assertThat(Environment.of("")).isEqualTo(Environment.LOCAL);
  }

  private static JobCatalogue parse(String yaml) {
    return CatalogueFile.parse(
        "test.yaml", yaml.getBytes(StandardCharsets.UTF_8), Environment.LOCAL);
  }
}
