package ca.assistantgazelle.contract.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableEventTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "\"text\"", "12", "{} {}", "{\"runId\":\"not-a-uuid\"}", "{\"runId\":7}"})
    void invalidTriggersAreRejected(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void theMissingFieldIsNamed() {
        assertThatThrownBy(() -> read("{\"runId\":\"0198f3c2-7d1e-7c55-9a51-3f0f6a1b2c3d\"}"))
                .hasMessage("'job' is missing");
    }

    @Test
    void anAttemptBelowOneIsRefused() {
        var json = EventSamples.text("trigger-scheduled.json").replace("\"attempt\": 1", "\"attempt\": 0");
        assertThatThrownBy(() -> read(json)).hasMessageContaining("'attempt' must be at least 1");
    }

    @Test
    void theReasonNeverRepeatsTheContent() {
        assertThatThrownBy(() -> read("{\"runId\": \"alix@example.com\""))
                .isInstanceOf(UnreadableEventException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("alix"));
    }

    @Test
    void newerMajorVersionsAreRejectedByName() {
        assertThatThrownBy(() -> EventHeaders.requireType(TriggerEvent.TYPE, "ca.assistantgazelle.trigger.v2"))
                .hasMessageContaining("trigger.v2")
                .hasMessageContaining(TriggerEvent.TYPE);
        assertThatThrownBy(() -> EventHeaders.requireType(TriggerEvent.TYPE, null))
                .hasMessageContaining("absent");
    }

    private static void read(String json) {
        var event = EventJson.read(json.getBytes(StandardCharsets.UTF_8), TriggerEvent.class);
        throw new AssertionError("read as " + event);
    }
}
