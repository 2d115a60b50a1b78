package ca.assistantgazelle.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.scheduler.ledger.JobRun;
import ca.assistantgazelle.scheduler.ledger.RunFire;
import ca.assistantgazelle.scheduler.ledger.RunState;
import ca.assistantgazelle.scheduler.ledger.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunVerdictTest {
    private static final UUID RUN = UUID.fromString("0198f3c2-7d1e-7c55-9a51-3f0f6a1b2c3d");
    private static final Duration DELAY = Duration.ofMinutes(5);
    private static final Instant T = Instant.parse("2026-03-08T07:00:00Z");

    @Test
    void nothingKnownMeansQueued() {
        assertThat(RunVerdict.of(run(1), List.of(), DELAY)).isEqualTo(new RunVerdict.StillOpen(RunStatus.QUEUED));
    }

    @ParameterizedTest
    @CsvSource({"STARTED,RUNNING", "PROGRESS,RUNNING", "INTERRUPTED,QUEUED"})
    void anUnfinishedAttemptKeepsTheRunOpen(LifecycleEventType kind, RunStatus status) {
        assertThat(RunVerdict.of(run(1), List.of(attempt(1, 5, kind)), DELAY))
                .isEqualTo(new RunVerdict.StillOpen(status));
    }

    @Test
    void aSuccessIsFinal() {
        var success = attempt(2, 7, LifecycleEventType.SUCCEEDED);
        assertThat(RunVerdict.of(run(2), List.of(attempt(1, 5, LifecycleEventType.LOST), success), DELAY))
                .isEqualTo(new RunVerdict.RunSucceeded(success));
        assertThat(RunVerdict.of(run(2), List.of(success, attempt(3, 9, LifecycleEventType.FAILED)), DELAY))
                .isEqualTo(new RunVerdict.RunSucceeded(success));
    }

    @Test
    void aLostAttemptIsRetriedAtOnceWhileAttemptsRemain() {
        var first = attempt(1, 5, LifecycleEventType.LOST);
        assertThat(RunVerdict.of(run(1), List.of(first), DELAY)).isEqualTo(new RunVerdict.RetryLater(first, T));
        var last = attempt(3, 9, LifecycleEventType.LOST);
        assertThat(RunVerdict.of(run(3), List.of(last), DELAY)).isEqualTo(new RunVerdict.GivenUp(last));
    }

    @Test
    void anEventOfAnEarlierAttemptDoesNotRetryTwice() {
        assertThat(RunVerdict.of(run(2), List.of(attempt(1, 5, LifecycleEventType.LOST)), DELAY))
                .isEqualTo(new RunVerdict.StillOpen(RunStatus.QUEUED));
    }

    @Test
    void theHighestFenceOfAnAttemptDecides() {
        assertThat(RunVerdict.of(
                        run(1),
                        List.of(
                                attempt(1, 5, LifecycleEventType.INTERRUPTED),
                                attempt(1, 6, LifecycleEventType.STARTED)),
                        DELAY))
                .isEqualTo(new RunVerdict.StillOpen(RunStatus.RUNNING));
    }

    @ParameterizedTest
    @CsvSource({"FAILED", "TIMED_OUT"})
    void aRetryableFailureIsRetriedAfterTheDelayWhileAttemptsRemain(LifecycleEventType kind) {
        var first = attempt(1, 5, kind, true);
        assertThat(RunVerdict.of(run(1), List.of(first), DELAY))
                .isEqualTo(new RunVerdict.RetryLater(first, T.plus(DELAY)));
        var last = attempt(3, 5, kind, true);
        assertThat(RunVerdict.of(run(3), List.of(last), DELAY)).isEqualTo(new RunVerdict.GivenUp(last));
    }

    @ParameterizedTest
    @CsvSource({"FAILED", "LOST"})
    void aPermanentFailureIsNotRetried(LifecycleEventType kind) {
        var refused = attempt(1, 5, kind, false);
        assertThat(RunVerdict.of(run(1), List.of(refused), DELAY)).isEqualTo(new RunVerdict.GivenUp(refused));
    }

    @ParameterizedTest
    @CsvSource({"FAILED", "LOST", "TIMED_OUT"})
    void aRunWithACancelRequestIsNotRetried(LifecycleEventType kind) {
        var ended = attempt(1, 5, kind, true);
        assertThat(RunVerdict.of(run(1, "alix"), List.of(ended), DELAY)).isEqualTo(new RunVerdict.RunCancelled(ended));
    }

    @Test
    void aCancelledAttemptCancelsTheRun() {
        var attempt = attempt(1, 5, LifecycleEventType.CANCELLED);
        assertThat(RunVerdict.of(run(1), List.of(attempt), DELAY)).isEqualTo(new RunVerdict.RunCancelled(attempt));
    }

    private static AttemptState attempt(int number, long fence, LifecycleEventType kind, boolean mayPass) {
        return attempt(number, fence, kind, new RunError("PLAYED", mayPass, "as played", null));
    }

    private static AttemptState attempt(int number, long fence, LifecycleEventType kind) {
        return attempt(number, fence, kind, null);
    }

    private static AttemptState attempt(int number, long fence, LifecycleEventType kind, RunError error) {
        return new AttemptState(
                RUN,
                number,
                fence,
                "w",
                kind,
                T,
                kind.endsAttempt() ? T : null,
                4,
                Map.of(),
                Map.of(),
                error,
                List.of());
    }

    private static JobRun run(int attempt) {
        return run(attempt, null);
    }

    private static JobRun run(int attempt, String cancelledBy) {
        return JobRun.create(
                RUN,
                "sync_gazelle_2h",
                RunCause.MANUAL,
                RunFire.requested(T, null),
                Map.of(),
                "alix",
                new RunState(RunStatus.QUEUED, null, null, null, attempt, 3, cancelledBy),
                null,
                T);
    }
}
