package ca.assistantgazelle.scheduler.testing;

import ca.assistantgazelle.contract.event.EventHeaders;
import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEvent;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.emulators.testing.TestTopicClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** Simulates workers: publishes lifecycle events on the real topic. */
public final class LifecycleFixture {
    public static final String TOPIC = "jobs.lifecycle.v1";
    private static final Instant T = Instant.parse("2026-03-08T07:00:00Z");

    private LifecycleFixture() {}

    public static LifecycleEvent event(UUID run, int attempt, long fence, int sequence, LifecycleEventType kind) {
        var error = kind.endsAttempt() && kind != LifecycleEventType.SUCCEEDED
                ? new RunError("PLAYED", true, "as played", null)
                : null;
        return new LifecycleEvent(
                run,
                "sync_gazelle_2h",
                attempt,
                sequence,
                kind,
                T.plusSeconds(sequence),
                "played",
                fence,
                kind == LifecycleEventType.ACCEPTED ? null : T,
                Map.of("clients", Map.of("fetched", (long) sequence)),
                Map.of(),
                error,
                List.of("line"));
    }

    public static void publish(LifecycleEvent... events) throws ExecutionException, InterruptedException {
        for (var event : events) {
            publish(null, event);
        }
    }

    /** @param partition null: chosen by the run id */
    public static void publish(Integer partition, LifecycleEvent event)
            throws ExecutionException, InterruptedException {
        TestTopicClient.send(
                TOPIC,
                partition,
                event.runId().toString(),
                EventJson.write(event).getBytes(StandardCharsets.UTF_8),
                EventHeaders.of(event.eventId(), "/test", LifecycleEvent.TYPE, event.job(), event.at(), null));
    }
}
