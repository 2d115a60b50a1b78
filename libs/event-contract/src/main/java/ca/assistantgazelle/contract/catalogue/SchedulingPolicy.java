package ca.assistantgazelle.contract.catalogue;

import ca.assistantgazelle.contract.timetable.CronExpression;
import ca.assistantgazelle.contract.timetable.ScheduleDefinition;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a job runs, and how fires that cannot start at once are treated.
 *
 * @param schedule the planned local times
 * @param misfire for fires missed while no scheduler was running
 * @param catchUpCap maximum number of missed fires that get a row each, or run, at one time
 * @param overlap for a fire that falls due while a run of its job is open
 * @param after the job it waits for, or null
 * @param freshnessRules how recent the data of other jobs must be
 * @param overdueAfter how long after its fire a success may take before the run is reported overdue; null: never
 * @param runWith parameters of every planned run
 * @param runWithAt further parameters of planned runs whose nominal time matches a cron expression
 */
public record SchedulingPolicy(
        ScheduleDefinition schedule,
        MisfirePolicy misfire,
        int catchUpCap,
        OverlapPolicy overlap,
        JobDependency after,
        List<FreshnessRule> freshnessRules,
        Duration overdueAfter,
        Map<String, Object> runWith,
        Map<String, Map<String, Object>> runWithAt) {
    private static final int DEFAULT_CATCH_UP_CAP = 100;

    public SchedulingPolicy {
        misfire = misfire == null ? MisfirePolicy.LAST : misfire;
        catchUpCap = catchUpCap == 0 ? DEFAULT_CATCH_UP_CAP : catchUpCap;
        overlap = overlap == null ? OverlapPolicy.SKIP : overlap;
        freshnessRules = freshnessRules == null ? List.of() : List.copyOf(freshnessRules);
        // Not copied as immutable maps, which would reject a null value before it can be reported.
        runWith = runWith == null ? Map.of() : new LinkedHashMap<>(runWith);
        runWithAt = runWithAt == null ? Map.of() : new LinkedHashMap<>(runWithAt);
    }

    public Optional<JobDependency> dependency() {
        return Optional.ofNullable(after);
    }

    /** Parameters of the run planned for this nominal time. */
    public Map<String, Object> parametersAt(LocalDateTime nominal) {
        var parameters = new LinkedHashMap<>(runWith);
        runWithAt.forEach((cron, more) -> {
            if (CronExpression.parse(cron).matchesTime(nominal)) {
                parameters.putAll(more);
            }
        });
        return Map.copyOf(parameters);
    }
}
