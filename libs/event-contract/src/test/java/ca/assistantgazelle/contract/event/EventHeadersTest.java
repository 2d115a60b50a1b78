package ca.assistantgazelle.contract.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventHeadersTest {
    @Test
    void headersAreThoseOfCloudEventsBinaryMode() {
        var trigger = EventJson.read(EventSamples.bytes("trigger-scheduled.json"), TriggerEvent.class);
        var headers = EventHeaders.of(
                trigger.eventId(),
                "/scheduler-service",
                TriggerEvent.TYPE,
                trigger.job(),
                Instant.parse("2026-03-09T10:00:00.012Z"),
                null);
        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", "0198f3c2-7d1e-7c55-9a51-3f0f6a1b2c3d:1")
                .containsEntry("ce_source", "/scheduler-service")
                .containsEntry("ce_type", "ca.assistantgazelle.trigger.v1")
                .containsEntry("ce_subject", "sync_gazelle_2h")
                .containsEntry("ce_time", "2026-03-09T10:00:00.012Z")
                .containsEntry("content-type", "application/json");
        assertThat(headers.get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @Test
    void aTraceIsContinuedWhenThereIsOne() {
        var given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assertThat(EventHeaders.of("x:1", "/x", "t", "j", Instant.EPOCH, given)).containsEntry("traceparent", given);
    }
}
