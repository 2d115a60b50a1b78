package ca.assistantgazelle.planning;

import ca.assistantgazelle.event.EventJson;
import ca.assistantgazelle.timetable.Schedule;
import ca.assistantgazelle.timetable.Timetable;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Understands schedules as the database remembers them; each text once. */
@Singleton
public class Timetables {
  private final Map<String, Timetable> understood = new ConcurrentHashMap<>();

  static String text(Schedule schedule) {
    return EventJson.write(schedule);
  }

  Timetable of(String text) {
    return understood.computeIfAbsent(text, Timetables::read);
  }

  private static Timetable read(String text) {
    try {
      return EventJson.mapper().readValue(text, Schedule.class).timetable();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("automation.job_state holds a schedule that is not ours", e);
    }
  }
}
