package ca.assistantgazelle.notes.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Folds a piano's notes into alerts: the first problem opens an alert, later ones add evidence, the next resolution
 * closes it. Rules: docs/notes.md.
 */
public final class AlertFold {
    private static final Comparator<DatedNote> CHRONOLOGICAL = Comparator.comparing(
                    DatedNote::occurredAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(DatedNote::entryId);

    private final List<MaintenanceAlert> resolved = new ArrayList<>();
    private final Map<MaintenanceEventType, MaintenanceAlert> open = new EnumMap<>(MaintenanceEventType.class);

    private final Map<AlertKey, Instant> closedByPerson;

    private AlertFold(Map<AlertKey, Instant> closed) {
        this.closedByPerson = closed;
    }

    /** Identity of an alert. */
    public record AlertKey(String openedBy, MaintenanceEventType type) {}

    /** Folds the notes without alerts closed by a person. */
    public static List<MaintenanceAlert> of(List<DatedNote> notes) {
        return of(notes, Map.of());
    }

    /**
     * @param notes all of one piano, in any order
     * @param closed alerts closed by a person, and when; {@link Instant#MIN} if unknown. A later problem opens a new
     *     alert
     */
    public static List<MaintenanceAlert> of(List<DatedNote> notes, Map<AlertKey, Instant> closed) {
        var fold = new AlertFold(closed);
        notes.stream().sorted(CHRONOLOGICAL).forEach(fold::add);
        fold.resolved.addAll(fold.open.values());
        return List.copyOf(fold.resolved);
    }

    private void add(DatedNote note) {
        for (var event : note.analysis().events()) {
            switch (event.state()) {
                case OPEN -> openOrConfirm(note, event);
                case RESOLVED -> {
                    openOrConfirm(note, event);
                    resolve(note, event.type());
                }
                case RESOLUTION -> resolve(note, event.type());
            }
        }
        if (note.analysis().isHumidityNormal()) {
            resolve(note, MaintenanceEventType.HUMIDITY_LOW);
            resolve(note, MaintenanceEventType.HUMIDITY_HIGH);
        }
    }

    // A new alert for one extreme of humidity resolves the alert for the other.
    private void openOrConfirm(DatedNote note, MaintenanceEvent event) {
        var known = open.get(event.type());
        if (known != null && wasClosedBefore(known, note)) {
            resolved.add(open.remove(event.type()));
        }
        open.merge(
                event.type(), MaintenanceAlert.opened(note, event), (confirmed, added) -> confirmed.confirmedBy(event));
        if (event.type() == MaintenanceEventType.HUMIDITY_HIGH) {
            resolve(note, MaintenanceEventType.HUMIDITY_LOW);
        } else if (event.type() == MaintenanceEventType.HUMIDITY_LOW) {
            resolve(note, MaintenanceEventType.HUMIDITY_HIGH);
        }
    }

    private boolean wasClosedBefore(MaintenanceAlert alert, DatedNote note) {
        var at = closedByPerson.get(new AlertKey(alert.openedBy(), alert.type()));
        return at != null && (note.occurredAt() == null || note.occurredAt().isAfter(at));
    }

    private void resolve(DatedNote note, MaintenanceEventType type) {
        var alert = open.remove(type);
        if (alert != null) {
            resolved.add(alert.resolvedBy(note));
        }
    }
}
