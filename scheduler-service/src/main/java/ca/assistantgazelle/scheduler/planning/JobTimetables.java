package ca.assistantgazelle.scheduler.planning;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.timetable.ScheduleDefinition;
import ca.assistantgazelle.contract.timetable.Timetable;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Parses the schedules stored in {@code automation.job_state}, and caches them. */
@Singleton
public class JobTimetables {
    private final Map<String, Timetable> parsed = new ConcurrentHashMap<>();

    static String toJson(ScheduleDefinition schedule) {
        return EventJson.write(schedule);
    }

    Timetable fromJson(String text) {
        return parsed.computeIfAbsent(text, JobTimetables::parse);
    }

    private static Timetable parse(String text) {
        try {
            return EventJson.mapper().readValue(text, ScheduleDefinition.class).timetable();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "automation.job_state contains a schedule that this version cannot read", e);
        }
    }
}
