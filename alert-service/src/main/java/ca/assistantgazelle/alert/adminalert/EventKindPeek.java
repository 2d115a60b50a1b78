package ca.assistantgazelle.alert.adminalert;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.LifecycleEventType;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads only the event kind from the JSON: parsing whole events used up a core while a backlog was consumed. */
final class EventKindPeek {
    private static final Set<String> RUN_KINDS = Arrays.stream(LifecycleEventType.values())
            .filter(LifecycleEventType::concernsRun)
            .map(LifecycleEventType::name)
            .collect(Collectors.toUnmodifiableSet());

    private EventKindPeek() {}

    /**
     * False only when the message certainly concerns a single attempt. A message that cannot be parsed or has no kind
     * must be parsed completely.
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
                    return value != JsonToken.VALUE_STRING || RUN_KINDS.contains(parser.getText());
                }
                parser.skipChildren();
            }
            return true;
        } catch (IOException unreadable) {
            // The full parser counts it as unreadable.
            return true;
        }
    }
}
