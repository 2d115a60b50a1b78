package ca.assistantgazelle.scheduler.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AttemptStateTest {
    private static final UUID RUN = UUID.fromString("0198f3c2-7d1e-7c55-9a51-3f0f6a1b2c3d");
    private static final Instant T = Instant.parse("2026-03-08T07:00:00Z");

    @RepeatedTest(50)
    void anyOrderAndAnyNumberOfDuplicatesGiveTheSame(RepetitionInfo repetition) {
        var events = new ArrayList<LifecycleEvent>();
        events.add(event(2, LifecycleEventType.STARTED, 0));
        events.add(event(3, LifecycleEventType.PROGRESS, 5));
        events.add(event(4, LifecycleEventType.PROGRESS, 7));
        events.add(event(5, LifecycleEventType.SUCCEEDED, 9));
        var expected = fold(events);
        events.addAll(List.copyOf(events));
        Collections.shuffle(events, new Random(repetition.getCurrentRepetition()));
        assertThat(fold(events)).isEqualTo(expected);
        assertThat(expected.kind()).isEqualTo(LifecycleEventType.SUCCEEDED);
        assertThat(expected.startedAt()).isEqualTo(T);
        assertThat(expected.finishedAt()).isEqualTo(T.plusSeconds(9));
        assertThat(expected.counts()).containsEntry("rows", Map.of("fetched", 9L));
    }

    @Test
    void aFinalStateIsNotOverwrittenByLateEvents() {
        var ended = AttemptState.ofEvent(event(5, LifecycleEventType.FAILED, 9));
        assertThat(ended.fold(event(6, LifecycleEventType.PROGRESS, 20))).isEqualTo(ended);
        assertThat(ended.fold(event(2, LifecycleEventType.STARTED, 0)).hasEnded())
                .isTrue();
        assertThat(ended.fold(event(9, LifecycleEventType.SUCCEEDED, 20))).isEqualTo(ended);
        assertThat(AttemptState.ofEvent(event(9, LifecycleEventType.SUCCEEDED, 20))
                        .fold(event(5, LifecycleEventType.FAILED, 9)))
                .isEqualTo(ended);
    }

    @Test
    void aLostAttemptKeepsItsLastReportedProgress() {
        var known = AttemptState.ofEvent(event(3, LifecycleEventType.PROGRESS, 5));
        var lost = known.fold(new LifecycleEvent(
                RUN,
                "sync_gazelle_2h",
                1,
                4,
                LifecycleEventType.LOST,
                T.plusSeconds(9),
                "scheduler",
                17,
                T,
                Map.of(),
                Map.of(),
                new RunError("WORKER_LOST", true, "x", null),
                List.of()));
        assertThat(lost.kind()).isEqualTo(LifecycleEventType.LOST);
        assertThat(lost.counts()).isEqualTo(known.counts());
        assertThat(lost.worker()).isEqualTo("w");
    }

    @Test
    void acceptanceAndRunEventsAreNotAttemptEvents() {
        assertThat(AttemptState.isAttemptEvent(event(1, LifecycleEventType.ACCEPTED, 0)))
                .isFalse();
        assertThat(AttemptState.isAttemptEvent(event(9, LifecycleEventType.RUN_FAILED, 0)))
                .isFalse();
        assertThat(AttemptState.isAttemptEvent(event(9, LifecycleEventType.UNKNOWN, 0)))
                .isFalse();
    }

    @Test
    void theLogIdIsStableAndDiffersPerFence() {
        var one = AttemptState.ofEvent(event(2, LifecycleEventType.STARTED, 0));
        assertThat(one.logId())
                .isEqualTo(AttemptState.ofEvent(event(5, LifecycleEventType.SUCCEEDED, 9))
                        .logId());
        var resumed = new AttemptState(
                RUN, 1, 18, "w", LifecycleEventType.STARTED, T, null, 7, Map.of(), Map.of(), null, List.of());
        assertThat(resumed.logId()).isNotEqualTo(one.logId());
    }

    private static AttemptState fold(List<LifecycleEvent> events) {
        AttemptState state = null;
        for (var event : events) {
            state = state == null ? AttemptState.ofEvent(event) : state.fold(event);
        }
        return state;
    }

    private static LifecycleEvent event(int sequence, LifecycleEventType kind, int seconds) {
        var error = kind == LifecycleEventType.FAILED ? new RunError("X", true, "x", null) : null;
        return new LifecycleEvent(
                RUN,
                "sync_gazelle_2h",
                1,
                sequence,
                kind,
                T.plusSeconds(seconds),
                "w",
                17,
                T,
                Map.of("rows", Map.of("fetched", (long) seconds)),
                Map.of(),
                error,
                List.of());
    }
}
