package ca.assistantgazelle.contract.catalogue;

import ca.assistantgazelle.contract.timetable.CronExpression;
import ca.assistantgazelle.contract.timetable.InvalidScheduleException;
import ca.assistantgazelle.contract.timetable.ScheduleDefinition;
import ca.assistantgazelle.contract.timetable.TimeZones;
import ca.assistantgazelle.contract.timetable.Timetable;
import ca.assistantgazelle.contract.value.PlausibleTime;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Parses one job of the file; errors name file, job, key and value. */
record JobDefinitionParser(String file, String id, CatalogueDocument root, ZoneId defaultZone) {
    /** Keys of earlier development versions. */
    private static final Map<String, String> RENAMED =
            Map.of("hard_limit_full", "hard_limit_by_parameter: {mode: {full: PT3H}}");

    /** Jackson would read a number as seconds. */
    private static final Set<String> DURATIONS =
            Set.of("retry_delay", "max_lateness", "expected", "hard_limit", "drain", "grace", "overdue_after");

    JobDefinition parse(ObjectMapper yaml, JsonNode node) {
        RENAMED.forEach((former, present) -> {
            if (node.has(former)) {
                throw invalid("[" + former + "]", "was renamed; use " + present);
            }
        });
        DURATIONS.forEach(key -> {
            if (node.path(key).isNumber()) {
                throw invalid("[" + key + "]", "value " + node.get(key) + " must be an ISO 8601 duration such as PT2H");
            }
        });
        try {
            return parse(yaml.treeToValue(node, JobEntry.class));
        } catch (JsonMappingException e) {
            var keys = e.getPath().stream().map(JsonMappingException.Reference::getFieldName);
            var value = e.getPath().isEmpty()
                    ? null
                    : node.get(e.getPath().getFirst().getFieldName());
            throw invalid(
                    keys.toList().toString(),
                    (value == null ? "" : "value " + value + ": ")
                            + (e instanceof MismatchedInputException mismatch
                                    ? mismatch.getOriginalMessage()
                                    : e.getOriginalMessage()));
        } catch (JsonProcessingException e) {
            throw new InvalidCatalogueException(file + ": job " + id + ": " + e.getOriginalMessage());
        }
    }

    private JobDefinition parse(JobEntry entry) {
        var job = new JobDefinition(
                id,
                entry.label() == null ? id : entry.label(),
                require(entry.worker(), "worker"),
                scheduling(entry),
                require(entry.attempts(), "attempts"),
                entry.retryDelay() == null ? Duration.ZERO : positive(entry.retryDelay(), "retry_delay"),
                positive(entry.maxLateness(), "max_lateness"),
                positive(entry.expected(), "expected"),
                positive(entry.hardLimit(), "hard_limit"),
                entry.hardLimitByParameter(),
                positive(entry.drain(), "drain"),
                entry.grace() == null ? entry.drain() : positive(entry.grace(), "grace"),
                entry.parameters());
        if (job.expectedDuration().compareTo(job.hardLimit(Map.of())) > 0) {
            throw invalid(
                    "[expected]",
                    "value " + job.expectedDuration() + " must not be longer than hard_limit (" + entry.hardLimit()
                            + ")");
        }
        checkDurations(job);
        checkParameters(job);
        return job;
    }

    private SchedulingPolicy scheduling(JobEntry entry) {
        if (entry.catchUpCap() != null && (entry.catchUpCap() < 1 || entry.catchUpCap() > 10_000)) {
            throw invalid("[catch_up_cap]", "value " + entry.catchUpCap() + " must be between 1 and 10000");
        }
        return new SchedulingPolicy(
                schedule(entry),
                entry.misfire(),
                entry.catchUpCap() == null ? 0 : entry.catchUpCap(),
                entry.overlap(),
                entry.after(),
                entry.fresh(),
                entry.overdueAfter() == null ? null : positive(entry.overdueAfter(), "overdue_after"),
                entry.runWith(),
                entry.runWithAt());
    }

    private ScheduleDefinition schedule(JobEntry entry) {
        var zone = withKey("zone", () -> entry.zone() == null ? defaultZone : TimeZones.canonical(entry.zone()))
                .getId();
        if (entry.schedule() != null && entry.schedule().contains(null)) {
            throw invalid("[schedule]", "an entry is empty; write cron expressions of five fields");
        }
        var schedule = new ScheduleDefinition(
                entry.schedule(), zone, entry.gap(), entry.repeatedHour(), exclusions(entry.exclude()));
        withKey("schedule", schedule::timetable);
        return schedule;
    }

    private SortedMap<String, SortedSet<LocalDate>> exclusions(List<String> names) {
        var exclusions = new TreeMap<String, SortedSet<LocalDate>>();
        for (var name : names == null ? List.<String>of() : names) {
            var dates = root.calendars().get(name);
            if (dates == null && Timetable.bundledCalendar(name).isEmpty()) {
                throw invalid(
                        "[exclude]",
                        "value '" + name + "': unknown calendar; use quebec_holidays or one defined under 'calendars'");
            }
            exclusions.put(name, dates == null ? new TreeSet<>() : dates);
        }
        return exclusions;
    }

    private void checkDurations(JobDefinition job) {
        job.scheduling().dependency().ifPresent(after -> {
            notNegative(after.firedWithin(), "after", "fired_within");
            notNegative(after.waitAtMost(), "after", "wait_at_most");
        });
        job.hardLimitByParameter()
                .forEach((parameter, limits) -> limits.forEach((value, limit) -> {
                    positive(limit, "hard_limit_by_parameter, " + parameter + ", " + value);
                    withKey("hard_limit_by_parameter", () -> validate(job, Map.of(parameter, value)));
                }));
        job.scheduling().freshnessRules().forEach(fresh -> positive(fresh.within(), "fresh, within"));
    }

    private void checkParameters(JobDefinition job) {
        withKey("run_with", () -> validate(job, job.scheduling().runWith()));
        job.scheduling()
                .runWithAt()
                .forEach((cron, values) -> withKey("run_with_at", () -> {
                    CronExpression.parse(cron);
                    return validate(job, values);
                }));
    }

    private static boolean validate(JobDefinition job, Map<String, Object> values) {
        values.forEach((name, value) -> {
            if (value == null) {
                throw new InvalidScheduleException("parameter '" + name + "' has no value");
            }
        });
        job.validateParameters(values);
        return true;
    }

    private <T> T withKey(String key, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException | InvalidParameterException e) {
            throw invalid("[" + key + "]", e.getMessage());
        }
    }

    private <T> T require(T value, String key) {
        if (value == null) {
            throw invalid("[" + key + "]", "required but missing");
        }
        return value;
    }

    private Duration positive(Duration value, String key) {
        if (require(value, key).isNegative() || value.isZero()) {
            throw invalid("[" + key + "]", "value " + value + " must be a positive duration");
        }
        if (!PlausibleTime.isPlausible(value)) {
            throw invalid("[" + key + "]", "value " + value + " must be at most " + PlausibleTime.MAX_DURATION);
        }
        return value;
    }

    private void notNegative(Duration value, String key, String part) {
        if (value.isNegative()) {
            throw invalid("[" + key + "]", "value " + value + " of " + part + " must not be negative");
        }
    }

    private InvalidCatalogueException invalid(String key, String why) {
        return new InvalidCatalogueException(file + ": job " + id + ": key " + key + ": " + why);
    }
}
