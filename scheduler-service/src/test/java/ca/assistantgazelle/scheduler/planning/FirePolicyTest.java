package ca.assistantgazelle.scheduler.planning;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.contract.catalogue.DeploymentEnvironment;
import ca.assistantgazelle.contract.catalogue.JobCatalogueFile;
import ca.assistantgazelle.contract.catalogue.JobDefinition;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunFire;
import ca.assistantgazelle.scheduler.ledger.RunState;
import ca.assistantgazelle.scheduler.ledger.RunWait;
import ca.assistantgazelle.scheduler.ledger.RunWait.WaitReason;
import ca.assistantgazelle.scheduler.planning.FireDecision.FireAction;
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
    @TempDir
    static Path folder;

    private static JobDefinition job(String policies) throws IOException {
        var file = Files.writeString(folder.resolve("jobs.yaml"), """
                zone: Etc/UTC
                jobs:
                  tuning: {worker: sync, schedule: ["0 * * * *"], attempts: 1, max_lateness: PT2H, expected: PT1M,
                    hard_limit: PT1H, drain: PT1M, %s}
                """.formatted(policies));
        return JobCatalogueFile.load(file, DeploymentEnvironment.PRODUCTION)
                .find("tuning")
                .orElseThrow();
    }

    /** Decisions on the fires after one instant and up to another, as {@code 09:00 START}. */
    private static List<String> decisions(JobDefinition job, String after, String now, JobPause pause, JobRun... open) {
        var instant = Instant.parse("2026-06-10T" + now + "Z");
        var fires = job.scheduling().schedule().timetable().fires(Instant.parse("2026-06-10T" + after + "Z"), instant);
        return new FirePolicy(job, instant, pause, List.of(open))
                .decide(fires).stream()
                        .map(decision -> decision.fire().nominal().toLocalTime()
                                + " "
                                + (decision.action() == FireAction.NONE ? decision.disposition() : decision.action()))
                        .toList();
    }

    private static JobRun open(WaitReason reason) {
        return JobRun.create(
                UUID.randomUUID(),
                "tuning",
                RunCause.SCHEDULED,
                RunFire.requested(Instant.EPOCH, null),
                Map.of(),
                null,
                RunState.queued(null, 1),
                reason == null ? null : new RunWait(reason, null, null, null),
                Instant.EPOCH);
    }

    @Test
    void aFireOnTimeStarts() throws IOException {
        assertThat(decisions(job("misfire: LAST"), "08:00:00", "09:00:00", null))
                .containsExactly("09:00 START");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LAST | 08:30:00 | 11:30:00 | 09:00 MISSED_COALESCED, 10:00 MISSED_COALESCED, 11:00 START",
                "ALL  | 08:30:00 | 11:30:00 | 09:00 MISSED_EXPIRED, 10:00 START, 11:00 ENQUEUE",
                "NONE | 08:30:00 | 11:30:00 | 09:00 MISSED_SKIPPED, 10:00 MISSED_SKIPPED, 11:00 MISSED_SKIPPED",
                "NONE | 08:30:00 | 11:00:30 | 09:00 MISSED_SKIPPED, 10:00 MISSED_SKIPPED, 11:00 START"
            })
    void theMisfirePolicyDecidesOnMissedFires(String policy, String after, String now, String expected)
            throws IOException {
        var found = decisions(job("misfire: " + policy), after, now, null);
        assertThat(String.join(", ", found)).isEqualTo(expected);
    }

    @Test
    void aFireBeyondMaxLatenessExpires() throws IOException {
        var rare = new FirePolicy(job("misfire: LAST"), Instant.parse("2026-06-10T11:00:01Z"), null, List.of());
        var fire = rare.job()
                .scheduling()
                .schedule()
                .timetable()
                .fires(Instant.parse("2026-06-10T08:30:00Z"), Instant.parse("2026-06-10T09:00:00Z"));
        assertThat(rare.decide(fire))
                .singleElement()
                .matches(decision -> decision.disposition() == FireDisposition.MISSED_EXPIRED)
                .matches(decision -> decision.reason().startsWith("missed: noticed 2 h 0 min late"));
    }

    @ParameterizedTest
    @CsvSource({
        "SKIP, , SKIPPED_OVERLAP",
        "BUFFER_ONE, , ENQUEUE",
        "BUFFER_ONE, OVERLAP, SKIPPED_OVERLAP",
        "CANCEL_OTHER, , CANCEL_OTHER",
        "CANCEL_OTHER, OVERLAP, SKIPPED_OVERLAP",
        "SKIP, DEPENDENCY, SKIPPED_OVERLAP"
    })
    void theOverlapPolicyDecidesWhenARunIsOpen(String policy, WaitReason waits, String expected) throws IOException {
        assertThat(decisions(job("overlap: " + policy), "08:00:00", "09:00:00", null, open(waits)))
                .containsExactly("09:00 " + expected);
    }

    @Test
    void aPauseSuppressesOnlyFiresWithinIt() throws IOException {
        var pause = new JobPause(
                Instant.parse("2026-06-10T09:30:00Z"), Instant.parse("2026-06-10T10:30:00Z"), "alix", "move");
        assertThat(decisions(job("misfire: LAST"), "08:30:00", "11:00:00", pause))
                .containsExactly("09:00 MISSED_COALESCED", "10:00 SUPPRESSED_PAUSED", "11:00 START");
    }
}
