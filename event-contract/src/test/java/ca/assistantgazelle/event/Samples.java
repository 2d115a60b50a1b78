package ca.assistantgazelle.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The golden samples, as the bundled resources hold them. */
final class Samples {
  private Samples() {}

  record Sample(String name, Class<?> type) {
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

  static List<Sample> all() {
    return Stream.of(
            "trigger-scheduled",
            "trigger-manual",
            "lifecycle-accepted",
            "lifecycle-succeeded",
            "lifecycle-failed",
            "lifecycle-from-a-newer-version")
        .map(
            name ->
                new Sample(
                    name + ".json",
                    name.startsWith("trigger") ? Trigger.class : LifecycleEvent.class))
        .toList();
  }

  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String name) {
    try (var in = Samples.class.getResourceAsStream("/samples/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
