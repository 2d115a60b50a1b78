package ca.assistantgazelle.catalogue;

import ca.assistantgazelle.timetable.CronExpression;
import ca.assistantgazelle.timetable.GapPolicy;
import ca.assistantgazelle.timetable.InvalidScheduleException;
import ca.assistantgazelle.timetable.RepeatPolicy;
import ca.assistantgazelle.timetable.Schedule;
import ca.assistantgazelle.timetable.Timetable;
import ca.assistantgazelle.timetable.Zones;
import ca.assistantgazelle.topic.Worker;
import com.fasterxml.jackson.annotation.JsonProperty;
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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Understands one job of the file; what it refuses is named by file, job, key and value. */
record CatalogueEntry(String file, String id, CatalogueFile.Root root, ZoneId usualZone) {
  /** One job as written in the file; durations in ISO-8601 ({@code PT5M}). */
  record Entry(
      String label,
      Worker worker,
      List<String> schedule,
      String zone,
      GapPolicy gap,
      @JsonProperty("repeated_hour") RepeatPolicy repeatedHour,
      List<String> exclude,
      Integer attempts,
      @JsonProperty("retry_delay") Duration retryDelay,
      MisfirePolicy misfire,
      @JsonProperty("max_lateness") Duration maxLateness,
      @JsonProperty("catch_up_cap") Integer catchUpCap,
      OverlapPolicy overlap,
      Dependency after,
      List<Freshness> fresh,
      @JsonProperty("overdue_after") Duration overdueAfter,
      Duration expected,
      @JsonProperty("hard_limit") Duration hardLimit,
      @JsonProperty("hard_limit_full") Duration hardLimitFull,
      Duration drain,
      Duration grace,
      @JsonProperty("run_with") Map<String, Object> runWith,
      @JsonProperty("run_with_at") Map<String, Map<String, Object>> runWithAt,
      Map<String, Parameter> parameters) {}

  Job job(ObjectMapper yaml, JsonNode node) {
    try {
      return job(yaml.treeToValue(node, Entry.class));
    } catch (JsonMappingException e) {
      var keys = e.getPath().stream().map(JsonMappingException.Reference::getFieldName);
      var value = e.getPath().isEmpty() ? null : node.get(e.getPath().getFirst().getFieldName());
      throw refused(
          keys.toList().toString(),
          (value == null ? "" : "value " + value + ": ")
              + (e instanceof MismatchedInputException mismatch
                  ? mismatch.getOriginalMessage()
                  : e.getOriginalMessage()));
    } catch (JsonProcessingException e) {
      throw new InvalidCatalogueException(file + ": job " + id + ": " + e.getOriginalMessage());
    }
  }

  private Job job(Entry entry) {
    var job =
        new Job(
            id,
            entry.label == null ? id : entry.label,
            require(entry.worker, "worker"),
            planning(entry),
            require(entry.attempts, "attempts"),
            entry.retryDelay == null ? Duration.ZERO : positive(entry.retryDelay, "retry_delay"),
            positive(entry.maxLateness, "max_lateness"),
            positive(entry.expected, "expected"),
            positive(entry.hardLimit, "hard_limit"),
            entry.hardLimitFull == null ? null : positive(entry.hardLimitFull, "hard_limit_full"),
            positive(entry.drain, "drain"),
            entry.grace == null ? entry.drain : positive(entry.grace, "grace"),
            entry.parameters);
    checkWaits(job);
    checkParameters(job);
    return job;
  }

  private Planning planning(Entry entry) {
    if (entry.catchUpCap != null && (entry.catchUpCap < 1 || entry.catchUpCap > 10_000)) {
      throw refused("[catch_up_cap]", "value " + entry.catchUpCap + ": it must be 1 to 10000");
    }
    return new Planning(
        schedule(entry),
        entry.misfire,
        entry.catchUpCap == null ? 0 : entry.catchUpCap,
        entry.overlap,
        entry.after,
        entry.fresh,
        entry.overdueAfter == null ? null : positive(entry.overdueAfter, "overdue_after"),
        entry.runWith,
        entry.runWithAt);
  }

  private Schedule schedule(Entry entry) {
    var zone =
        within("zone", () -> entry.zone == null ? usualZone : Zones.canonical(entry.zone)).getId();
    var schedule =
        new Schedule(
            entry.schedule, zone, entry.gap, entry.repeatedHour, exclusions(entry.exclude));
    within("schedule", schedule::timetable);
    return schedule;
  }

  private SortedMap<String, SortedSet<LocalDate>> exclusions(List<String> names) {
    var exclusions = new TreeMap<String, SortedSet<LocalDate>>();
    for (var name : names == null ? List.<String>of() : names) {
      var dates = root.calendars().get(name);
      if (dates == null && Timetable.calendar(name).isEmpty()) {
        throw refused(
            "[exclude]",
            "value '"
                + name
                + "': no calendar of that name; there are quebec_holidays and those under 'calendars'");
      }
      exclusions.put(name, dates == null ? new TreeSet<>() : dates);
    }
    return exclusions;
  }

  private void checkWaits(Job job) {
    job.planning()
        .dependency()
        .ifPresent(
            after -> {
              if (after.firedWithin().isNegative() || after.waitAtMost().isNegative()) {
                throw refused("[after]", "value " + after + ": no duration may be negative");
              }
            });
    job.planning().fresh().forEach(fresh -> positive(fresh.within(), "fresh, within"));
  }

  private void checkParameters(Job job) {
    within("run_with", () -> checked(job, job.planning().runWith()));
    job.planning()
        .runWithAt()
        .forEach(
            (cron, values) ->
                within(
                    "run_with_at",
                    () -> {
                      CronExpression.parse(cron);
                      return checked(job, values);
                    }));
  }

  private static boolean checked(Job job, Map<String, Object> values) {
    values.forEach(
        (name, value) -> {
          if (value == null) {
            throw new InvalidScheduleException("parameter '" + name + "' has no value");
          }
        });
    job.check(values);
    return true;
  }

  private <T> T within(String key, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException | InvalidParameterException e) {
      throw refused("[" + key + "]", e.getMessage());
    }
  }

  private <T> T require(T value, String key) {
    if (value == null) {
      throw refused("[" + key + "]", "it is missing");
    }
    return value;
  }

  private Duration positive(Duration value, String key) {
    if (require(value, key).isNegative() || value.isZero()) {
      throw refused("[" + key + "]", "value " + value + ": it must be longer than nothing");
    }
    return value;
  }

  private InvalidCatalogueException refused(String key, String why) {
    return new InvalidCatalogueException(file + ": job " + id + ": key " + key + ": " + why);
  }
}
