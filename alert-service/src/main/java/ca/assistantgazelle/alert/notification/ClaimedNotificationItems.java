package ca.assistantgazelle.alert.notification;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ids of claimed notifications, by recipient and subject. */
final class ClaimedNotificationItems {
    private final Map<String, Map<String, UUID>> byRecipient = new HashMap<>();
    private int size;

    void add(String recipient, String subjectId, UUID id) {
        byRecipient.computeIfAbsent(recipient, key -> new HashMap<>()).put(subjectId, id);
        size++;
    }

    /** Ids by subject; empty when nothing was claimed for the recipient. */
    Map<String, UUID> of(String recipient) {
        return byRecipient.getOrDefault(recipient, Map.of());
    }

    List<UUID> ids() {
        return byRecipient.values().stream()
                .flatMap(items -> items.values().stream())
                .toList();
    }

    int recipients() {
        return byRecipient.size();
    }

    int size() {
        return size;
    }
}
