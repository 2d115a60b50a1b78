package ca.assistantgazelle.collector;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.event.Cause;
import ca.assistantgazelle.event.LifecycleKind;
import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.ledger.Run;
import ca.assistantgazelle.ledger.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final UUID RUN = UUID.fromString("0198f3c2-7d1e-7c55-9a51-3f0f6a1b2c3d");
  private static final Duration DELAY = Duration.ofMinutes(5);
  private static final Instant T = Instant.parse("2026-03-08T07:00:00Z");

  @Test
  void nothingKnownMeansQueued() {
    assertThat(Verdict.of(run(1), List.of(), DELAY)).isEqualTo(new Verdict.Open(RunStatus.QUEUED));
  }

  @ParameterizedTest
  @CsvSource({"STARTED,RUNNING", "PROGRESS,RUNNING", "INTERRUPTED,QUEUED"})
  void anAttemptThatIsNotOverKeepsTheRunOpen(LifecycleKind kind, RunStatus status) {
    assertThat(Verdict.of(run(1), List.of(attempt(1, 5, kind)), DELAY))
        .isEqualTo(new Verdict.Open(status));
  }

  @Test
  void aSuccessIsFinalWhateverElseIsKnown() {
    var success = attempt(2, 7, LifecycleKind.SUCCEEDED);
    assertThat(Verdict.of(run(2), List.of(attempt(1, 5, LifecycleKind.LOST), success), DELAY))
        .isEqualTo(new Verdict.Done(success));
    assertThat(Verdict.of(run(2), List.of(success, attempt(3, 9, LifecycleKind.FAILED)), DELAY))
        .isEqualTo(new Verdict.Done(success));
  }

  @Test
  void aLostAttemptIsFollowedAtOnceByTheNextWhileAnyRemain() {
    var first = attempt(1, 5, LifecycleKind.LOST);
    assertThat(Verdict.of(run(1), List.of(first), DELAY)).isEqualTo(new Verdict.Later(first, T));
    var last = attempt(3, 9, LifecycleKind.LOST);
    assertThat(Verdict.of(run(3), List.of(last), DELAY)).isEqualTo(new Verdict.GivenUp(last));
  }

  @Test
  void newsOfAnEarlierAttemptDoesNotAskForTheNextOneTwice() {
    assertThat(Verdict.of(run(2), List.of(attempt(1, 5, LifecycleKind.LOST)), DELAY))
        .isEqualTo(new Verdict.Open(RunStatus.QUEUED));
  }

  @Test
  void theLatestTryOfAnAttemptSpeaks() {
    assertThat(
            Verdict.of(
                run(1),
                List.of(
                    attempt(1, 5, LifecycleKind.INTERRUPTED), attempt(1, 6, LifecycleKind.STARTED)),
                DELAY))
        .isEqualTo(new Verdict.Open(RunStatus.RUNNING));
  }

  @ParameterizedTest
  @CsvSource({"FAILED", "TIMED_OUT"})
  void aFailureThatMayPassIsFollowedAfterTheDelayWhileAnyAttemptRemains(LifecycleKind kind) {
    var first = attempt(1, 5, kind, true);
    assertThat(Verdict.of(run(1), List.of(first), DELAY))
        .isEqualTo(new Verdict.Later(first, T.plus(DELAY)));
    var last = attempt(3, 5, kind, true);
    assertThat(Verdict.of(run(3), List.of(last), DELAY)).isEqualTo(new Verdict.GivenUp(last));
  }

  @ParameterizedTest
  @CsvSource({"FAILED", "LOST"})
  void aFailureThatWillNotPassIsNotRepeated(LifecycleKind kind) {
    var refused = attempt(1, 5, kind, false);
    assertThat(Verdict.of(run(1), List.of(refused), DELAY)).isEqualTo(new Verdict.GivenUp(refused));
  }

  @ParameterizedTest
  @CsvSource({"FAILED", "LOST", "TIMED_OUT"})
  void whatWasAskedToEndIsNotRepeated(LifecycleKind kind) {
    var ended = attempt(1, 5, kind, true);
    assertThat(Verdict.of(run(1, "alix"), List.of(ended), DELAY))
        .isEqualTo(new Verdict.Cancelled(ended));
  }

  @Test
  void aCancelledAttemptCancelsTheRun() {
    var attempt = attempt(1, 5, LifecycleKind.CANCELLED);
    assertThat(Verdict.of(run(1), List.of(attempt), DELAY))
        .isEqualTo(new Verdict.Cancelled(attempt));
  }

  private static AttemptState attempt(int number, long fence, LifecycleKind kind, boolean mayPass) {
    return attempt(number, fence, kind, new RunError("PLAYED", mayPass, "as played", null));
  }

  private static AttemptState attempt(int number, long fence, LifecycleKind kind) {
    return attempt(number, fence, kind, null);
  }

  private static AttemptState attempt(int number, long fence, LifecycleKind kind, RunError error) {
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

  private static Run run(int attempt) {
    return run(attempt, null);
  }

  private static Run run(int attempt, String cancelRequestedBy) {
    return new Run(
        RUN,
        "sync_gazelle_2h",
        Cause.MANUAL,
        null,
        null,
        null,
        T,
        null,
        Map.of(),
        null,
        null,
        "alix",
        RunStatus.QUEUED,
        null,
        null,
        attempt,
        3,
        null,
        null,
        null,
        null,
        null,
        null,
        T,
        null,
        null,
        null,
        null,
        cancelRequestedBy);
  }
}
