package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.note.NoteText;
import ca.assistantgazelle.reading.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a note says of covers, power, reservoirs, rooms and humidity. */
public final class MaintenanceEvents {
  private MaintenanceEvents() {}

  /**
   * At most one for each type.
   *
   * @param readings what the same note says of temperature and humidity
   */
  public static List<MaintenanceEvent> in(NoteText note, List<Reading> readings) {
    var measured = measured(readings);
    var events = new ArrayList<MaintenanceEvent>();
    EventReader.read(note)
        .forEach(
            (type, story) -> {
              var reading = measured.remove(type);
              var severity =
                  reading == null
                      ? type.usualSeverity()
                      : HumidityLimits.excess(reading).orElseThrow().severity();
              events.add(new MaintenanceEvent(type, story.state(), severity, story.evidence()));
            });
    measured.forEach(
        (type, reading) ->
            events.add(
                new MaintenanceEvent(
                    type,
                    EventState.OPEN,
                    HumidityLimits.excess(reading).orElseThrow().severity(),
                    reading.canonical())));
    return List.copyOf(events);
  }

  // Of several rooms or moments, any that is too dry or too humid counts.
  private static Map<EventType, Reading> measured(List<Reading> readings) {
    var measured = new EnumMap<EventType, Reading>(EventType.class);
    for (var reading : readings) {
      HumidityLimits.excess(reading).ifPresent(excess -> measured.put(excess.type(), reading));
    }
    return measured;
  }
}
