package ca.assistantgazelle.maintenance;

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

  private AlertFold() {}

  /**
   * @param notes all of one piano, in any order
   */
  public static List<MaintenanceAlert> of(List<DatedNote> notes) {
    var fold = new AlertFold();
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
    open.merge(
        event.type(),
        MaintenanceAlert.opened(note, event),
        (known, added) -> known.confirmedBy(event));
    if (event.type() == EventType.HUMIDITY_HIGH) {
      end(note, EventType.HUMIDITY_LOW);
    } else if (event.type() == EventType.HUMIDITY_LOW) {
      end(note, EventType.HUMIDITY_HIGH);
    }
  }

  private void end(DatedNote note, EventType type) {
    var alert = open.remove(type);
    if (alert != null) {
      ended.add(alert.resolvedBy(note));
    }
  }
}
