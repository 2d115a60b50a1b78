package ca.assistantgazelle.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a piano's alerts of its notes: the first complaint opens one, later ones confirm it, the
 * next good news ends it. Source: reference/report-alerts.md §3.4.
 */
public final class AlertFold {
  private static final Comparator<DatedNote> IN_TIME =
      Comparator.comparing(DatedNote::occurredAt, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(DatedNote::entryId);

  private final List<MaintenanceAlert> ended = new ArrayList<>();
  private final Map<EventType, MaintenanceAlert> open = new EnumMap<>(EventType.class);

  private final Map<Key, Instant> closed;

  private AlertFold(Map<Key, Instant> closed) {
    this.closed = closed;
  }

  /** An alert's identity. */
  public record Key(String openedBy, EventType type) {}

  /** Without anything that a person has closed. */
  public static List<MaintenanceAlert> of(List<DatedNote> notes) {
    return of(notes, Map.of());
  }

  /**
   * @param notes all of one piano, in any order
   * @param closed alerts that a person has closed, and when; {@link Instant#MIN} when nobody knows.
   *     A later complaint is a new alert
   */
  public static List<MaintenanceAlert> of(List<DatedNote> notes, Map<Key, Instant> closed) {
    var fold = new AlertFold(closed);
    notes.stream().sorted(IN_TIME).forEach(fold::add);
    fold.ended.addAll(fold.open.values());
    return List.copyOf(fold.ended);
  }

  private void add(DatedNote note) {
    for (var event : note.understanding().events()) {
      switch (event.state()) {
        case OPEN -> raise(note, event);
        case RESOLVED -> {
          raise(note, event);
          end(note, event.type());
        }
        case RESOLUTION -> end(note, event.type());
      }
    }
    if (note.understanding().humidityIsNormal()) {
      end(note, EventType.HUMIDITY_LOW);
      end(note, EventType.HUMIDITY_HIGH);
    }
  }

  // Too humid now: it is not too dry any more.
  private void raise(DatedNote note, MaintenanceEvent event) {
    var known = open.get(event.type());
    if (known != null && isClosed(known, note)) {
      ended.add(open.remove(event.type()));
    }
    open.merge(
        event.type(),
        MaintenanceAlert.opened(note, event),
        (confirmed, added) -> confirmed.confirmedBy(event));
    if (event.type() == EventType.HUMIDITY_HIGH) {
      end(note, EventType.HUMIDITY_LOW);
    } else if (event.type() == EventType.HUMIDITY_LOW) {
      end(note, EventType.HUMIDITY_HIGH);
    }
  }

  private boolean isClosed(MaintenanceAlert alert, DatedNote note) {
    var at = closed.get(new Key(alert.openedBy(), alert.type()));
    return at != null && (note.occurredAt() == null || note.occurredAt().isAfter(at));
  }

  private void end(DatedNote note, EventType type) {
    var alert = open.remove(type);
    if (alert != null) {
      ended.add(alert.resolvedBy(note));
    }
  }
}
