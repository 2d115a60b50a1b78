package ca.assistantgazelle.contract.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The golden samples among the bundled resources. */
final class EventSamples {
    private EventSamples() {}

    record EventSample(String name, Class<?> type) {
        byte[] json() {
            return bytes(name);
        }

        JsonNode tree() throws IOException {
            return EventJson.mapper().readTree(json());
        }

        boolean isFromANewerVersion() {
            return name.contains("newer-version");
        }
    }

    static List<EventSample> all() {
        return Stream.of(
                        "trigger-scheduled",
                        "trigger-manual",
                        "lifecycle-accepted",
                        "lifecycle-succeeded",
                        "lifecycle-failed",
                        "lifecycle-from-a-newer-version")
                .map(name -> new EventSample(
                        name + ".json", name.startsWith("trigger") ? TriggerEvent.class : LifecycleEvent.class))
                .toList();
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String name) {
        try (var in = EventSamples.class.getResourceAsStream("/samples/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
