package ca.assistantgazelle.alert.adminalert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventKindPeekTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\": \"RUN_FAILED\"}",
                "{\"runId\": \"x\", \"counts\": {\"event\": \"STARTED\"}, \"event\": \"RUN_OVERDUE\"}",
                "{\"logTail\": [\"event\", {\"event\": \"STARTED\"}], \"event\": \"RUN_RECOVERED\"}",
                "{\"event\": 7}",
                "{\"event\": null}",
                "{\"runId\": \"x\"}",
                "{\"runId\": ",
                "[\"event\", \"STARTED\"]",
                "null",
                "",
                "not json"
            })
    void mayConcernARun(String message) {
        assertThat(mayConcernRun(message)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\": \"STARTED\"}",
                "{\"runId\": \"x\", \"counts\": {\"event\": \"RUN_FAILED\"}, \"event\": \"PROGRESS\"}",
                "{\"event\": \"SOMETHING_NEWER\", \"runId\": "
            })
    void concernsASingleAttempt(String message) {
        assertThat(mayConcernRun(message)).isFalse();
    }

    @Test
    void aMissingValueMayConcernARun() {
        assertThat(EventKindPeek.mayConcernRun(null)).isTrue();
    }

    private static boolean mayConcernRun(String message) {
        return EventKindPeek.mayConcernRun(message.getBytes(StandardCharsets.UTF_8));
    }
}
