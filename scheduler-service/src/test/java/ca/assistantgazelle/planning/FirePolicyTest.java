package ca.assistantgazelle.planning;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.catalogue.CatalogueFile;
import ca.assistantgazelle.catalogue.Environment;
import ca.assistantgazelle.catalogue.Job;
import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.event.Trigger;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunStatus;
import ca.assistantgazelle.planning.FireDecision.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirePolicyTest {
  @TempDir static Path folder;

  private static Job job(String policies) throws IOException {
    var file =
        Files.writeString(
            folder.resolve("jobs.yaml"),
            """
            zone: Etc/UTC
            jobs:
              tuning: {worker: sync, schedule: ["0 * * * *"], attempts: 1, max_lateness: PT2H, expected: PT1M,
                hard_limit: PT1H, drain: PT1M, %s}
            """
                .formatted(policies));
    return CatalogueFile.load(file, Environment.PRODUCTION).find("tuning").orElseThrow();
  }

  /** What becomes of the fires after one instant and up to another: {@code 09:00 START}. */
  private static List<String> decisions(
      Job job, String after, String now, Pause pause, Run... open) {
    var instant = Instant.parse("2026-06-10T" + now + "Z");
    var fires =
        job.planning()
            .schedule()
            .timetable()
            .fires(Instant.parse("2026-06-10T" + after + "Z"), instant);
    return new FirePolicy(job, instant, pause, List.of(open))
        .decide(fires).stream()
            .map(
                decision ->
                    decision.fire().nominal().toLocalTime()
                        + " "
                        + (decision.action() == Action.NONE
                            ? decision.disposition()
                            : decision.action()))
            .toList();
  }

  private static Run open(Run.Hold held) {
    return Run.planned(
        new Trigger(
            UUID.randomUUID(),
            "tuning",
            1,
            Cause.SCHEDULED,
            null,
            null,
            Instant.EPOCH,
            null,
            Map.of(),
            null,
            null),
        null,
        null,
        RunStatus.QUEUED,
        null,
        null,
        1,
        Instant.EPOCH,
        held,
        null,
        null,
        null);
  }

  @Test
  void aFireOnTimeStartsAndSaysNothing() throws IOException {
    assertThat(decisions(job("misfire: LAST"), "08:00:00", "09:00:00", null))
        .containsExactly("09:00 START");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LAST | 08:30:00 | 11:30:00 | 09:00 MISSED_COALESCED, 10:00 MISSED_COALESCED, 11:00 START",
        "ALL  | 08:30:00 | 11:30:00 | 09:00 MISSED_EXPIRED, 10:00 START, 11:00 TAKE_TURN",
        "NONE | 08:30:00 | 11:30:00 | 09:00 MISSED_SKIPPED, 10:00 MISSED_SKIPPED, 11:00 MISSED_SKIPPED",
        "NONE | 08:30:00 | 11:00:30 | 09:00 MISSED_SKIPPED, 10:00 MISSED_SKIPPED, 11:00 START"
      })
  void theMisfirePolicyDecidesOnWhatWasMissed(
      String policy, String after, String now, String expected) throws IOException {
    var found = decisions(job("misfire: " + policy), after, now, null);
    assertThat(String.join(", ", found)).isEqualTo(expected);
  }

  @Test
  void whatIsNoticedTooLateHasExpired() throws IOException {
    var rare =
        new FirePolicy(
            job("misfire: LAST"), Instant.parse("2026-06-10T11:00:01Z"), null, List.of());
    var fire =
        rare.job()
            .planning()
            .schedule()
            .timetable()
            .fires(Instant.parse("2026-06-10T08:30:00Z"), Instant.parse("2026-06-10T09:00:00Z"));
    assertThat(rare.decide(fire))
        .singleElement()
        .matches(decision -> decision.disposition() == Disposition.MISSED_EXPIRED)
        .matches(decision -> decision.reason().startsWith("noticed 2 h 0 min late"));
  }

  @ParameterizedTest
  @CsvSource({
    "SKIP, , SKIPPED_OVERLAP",
    "BUFFER_ONE, , TAKE_TURN",
    "BUFFER_ONE, TURN, SKIPPED_OVERLAP",
    "CANCEL_OTHER, , CANCEL_OTHER",
    "CANCEL_OTHER, TURN, SKIPPED_OVERLAP",
    "SKIP, AFTER, SKIPPED_OVERLAP"
  })
  void theOverlapPolicyDecidesOnAFireThatMeetsAnOpenRun(
      String policy, Run.Hold held, String expected) throws IOException {
    assertThat(decisions(job("overlap: " + policy), "08:00:00", "09:00:00", null, open(held)))
        .containsExactly("09:00 " + expected);
  }

  @Test
  void aPauseCoversItsOwnTimeOnly() throws IOException {
    var pause =
        new Pause(
            Instant.parse("2026-06-10T09:30:00Z"),
            Instant.parse("2026-06-10T10:30:00Z"),
            "alix",
            "move");
    assertThat(decisions(job("misfire: LAST"), "08:30:00", "11:00:00", pause))
        .containsExactly("09:00 MISSED_COALESCED", "10:00 SUPPRESSED_PAUSED", "11:00 START");
  }
}
