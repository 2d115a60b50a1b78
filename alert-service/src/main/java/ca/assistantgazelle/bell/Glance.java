package ca.assistantgazelle.bell;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleKind;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at a message no further than its kind: reading whole events took a core while the collector
 * worked off a backlog.
 */
final class Glance {
  private static final Set<String> OF_RUNS =
      Arrays.stream(LifecycleKind.values())
          .filter(LifecycleKind::concernsRun)
          .map(LifecycleKind::name)
          .collect(Collectors.toUnmodifiableSet());

  private Glance() {}

  /**
   * False only when the message surely speaks of a single attempt; what cannot be read, or names no
   * kind, must be read properly.
   *
   * @param json may be null
   */
  static boolean mayConcernRun(byte[] json) {
    if (json == null) {
      return true;
    }
    try (var parser = EventJson.mapper().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return true;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean kind = parser.currentName().equals("event");
        var value = parser.nextToken();
        if (kind) {
          return value != JsonToken.VALUE_STRING || OF_RUNS.contains(parser.getText());
        }
        parser.skipChildren();
      }
      return true;
    } catch (IOException unreadable) {
      // The reader says so, and counts it.
      return true;
    }
  }
}
