package ca.assistantgazelle.contract.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenSamplesTest {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    static Stream<EventSamples.EventSample> samples() {
        return EventSamples.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleMatchesItsSchema(EventSamples.EventSample sample) throws IOException {
        assertThat(schema(sample.type()).validate(sample.tree())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void writtenEventsMatchTheSchema(EventSamples.EventSample sample) throws IOException {
        var event = EventJson.read(sample.json(), sample.type());
        JsonNode written = EventJson.mapper().readTree(EventJson.write(event));
        assertThat(schema(sample.type()).validate(written)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void knownSamplesSurviveARoundTrip(EventSamples.EventSample sample) throws IOException {
        if (sample.isFromANewerVersion()) {
            return;
        }
        var written = EventJson.mapper().readTree(EventJson.write(EventJson.read(sample.json(), sample.type())));
        assertThat(written).isEqualTo(sample.tree());
    }

    @Test
    void unknownFieldsAreIgnoredAndUnknownValuesBecomeUnknown() {
        var event = EventJson.read(EventSamples.bytes("lifecycle-from-a-newer-version.json"), LifecycleEvent.class);
        assertThat(event.event()).isEqualTo(LifecycleEventType.UNKNOWN);
        assertThat(event.counts()).isEmpty();
        assertThat(event.logTail()).isEmpty();
    }

    @Test
    void anUnknownCauseBecomesUnknown() {
        var json = EventSamples.text("trigger-scheduled.json").replace("SCHEDULED", "BY_MOONLIGHT");
        assertThat(EventJson.read(json.getBytes(StandardCharsets.UTF_8), TriggerEvent.class)
                        .cause())
                .isEqualTo(RunCause.UNKNOWN);
    }

    private static JsonSchema schema(Class<?> type) throws IOException {
        var name = type == TriggerEvent.class ? "trigger" : "lifecycle";
        try (var in = GoldenSamplesTest.class.getResourceAsStream("/schema/" + name + ".v1.schema.json")) {
            return SCHEMAS.getSchema(in);
        }
    }
}
