package ca.assistantgazelle.timetable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The planned local times of one job, walked day by day: what a day's nominal times mean in
 * instants is asked of the zone's rules, never computed by adding hours.
 *
 * @param expressions the fires are those of all of them; equal nominal times are one fire
 * @param zone in which the expressions are read
 * @param gap null: NEXT_VALID for times of day, while rhythms follow the time that passes
 * @param repeat null: FIRST for times of day, while rhythms follow the time that passes
 * @param exclusions by name; days that are taken out
 */
public record Timetable(
    List<CronExpression> expressions,
    ZoneId zone,
    GapPolicy gap,
    RepeatPolicy repeat,
    Map<String, ExclusionCalendar> exclusions) {
  /** From a nominal time to its instant lie less than two days in every zone and year. */
  private static final int SLACK = 2;

  /**
   * No two days of an expression lie further apart: 29 February around 2100, or a weekday of it.
   */
  private static final int HORIZON_DAYS = 366 * 41;

  public Timetable {
    expressions = List.copyOf(expressions);
    exclusions = Map.copyOf(exclusions);
  }

  /** A calendar that ships with the product: {@code quebec_holidays}; empty when unknown. */
  public static Optional<ExclusionCalendar> calendar(String name) {
    return "quebec_holidays".equals(name) ? Optional.of(new QuebecHolidays()) : Optional.empty();
  }

  /** Fires that fall due after one instant and up to and including another, in order. */
  public List<Fire> fires(Instant after, Instant until) {
    return isQuiet(after, until) ? straight(after, until) : walked(after, until);
  }

  private List<Fire> walked(Instant after, Instant until) {
    return between(
            after.atZone(zone).toLocalDate().minusDays(SLACK),
            until.atZone(zone).toLocalDate().plusDays(SLACK + 1))
        .filter(fire -> fire.at().isAfter(after) && !fire.at().isAfter(until))
        .toList();
  }

  /** Fires with a nominal date from one date to before another, in order. */
  public List<Fire> fires(LocalDate from, LocalDate to) {
    return between(from, to).toList();
  }

  /** The first fire due after the instant, also one that will not run; empty when none comes. */
  public Optional<Fire> next(Instant after) {
    var soon = after.plus(Duration.ofDays(1));
    var straight = isQuiet(after, soon) ? straightNext(after, soon) : Optional.<Fire>empty();
    return straight.isPresent() ? straight : walkedNext(after);
  }

  private Optional<Fire> walkedNext(Instant after) {
    var first = after.atZone(zone).toLocalDate().minusDays(SLACK);
    for (int day = 0; day < HORIZON_DAYS; day++) {
      var date = first.plusDays(day);
      if (of(date).stream().anyMatch(fire -> fire.at().isAfter(after))) {
        // A clock change may bring a fire of the next day forward of one of this day.
        return between(date, date.plusDays(SLACK + 1))
            .filter(fire -> fire.at().isAfter(after))
            .findFirst();
      }
    }
    return Optional.empty();
  }

  /** The first fire after the instant that runs; empty when none comes within a hundred. */
  public Optional<Fire> nextRun(Instant after) {
    var fire = next(after);
    for (int looked = 0; looked < 100 && fire.isPresent() && !fire.get().runs(); looked++) {
      fire = next(fire.get().at());
    }
    return fire.filter(Fire::runs);
  }

  /**
   * Whether no clock change is near: nominal times then follow each other as their instants do, and
   * the next one is found without walking through whole days. Thousands of jobs due every minute
   * depend on it.
   */
  private boolean isQuiet(Instant after, Instant until) {
    var rules = zone.getRules();
    var last = rules.previousTransition(until.plus(Duration.ofDays(SLACK + 1)));
    return last == null || last.getInstant().isBefore(after.minus(Duration.ofDays(SLACK + 1)));
  }

  private List<Fire> straight(Instant after, Instant until) {
    var fires = new ArrayList<Fire>();
    for (var next = straightNext(after, until);
        next.isPresent();
        next = straightNext(next.get().at(), until)) {
      fires.add(next.get());
    }
    return fires;
  }

  private Optional<Fire> straightNext(Instant after, Instant until) {
    var local = LocalDateTime.ofInstant(after, zone);
    var before = until.atZone(zone).toLocalDate().plusDays(1);
    return expressions.stream()
        .flatMap(expression -> expression.next(local, before).stream())
        .min(Comparator.naturalOrder())
        .map(nominal -> Fire.ordinary(nominal, nominal.atZone(zone).toInstant()))
        .filter(fire -> !fire.at().isAfter(until))
        .map(
            fire ->
                exclusion(fire.nominal().toLocalDate()).map(why -> taken(fire, why)).orElse(fire));
  }

  private Stream<Fire> between(LocalDate from, LocalDate to) {
    return from.isBefore(to)
        ? from.datesUntil(to).flatMap(date -> of(date).stream()).sorted(Fire.ORDER)
        : Stream.empty();
  }

  private List<Fire> of(LocalDate date) {
    if (expressions.stream().noneMatch(expression -> expression.matches(date))) {
      return List.of();
    }
    var excluded = exclusion(date);
    Map<String, Fire> fires = new LinkedHashMap<>();
    for (var expression : expressions) {
      for (var nominal : expression.times(date)) {
        for (var fire : of(expression, nominal)) {
          fires.putIfAbsent(fire.key(), excluded.map(why -> taken(fire, why)).orElse(fire));
        }
      }
    }
    return List.copyOf(fires.values());
  }

  private List<Fire> of(CronExpression expression, LocalDateTime nominal) {
    var rules = zone.getRules();
    var offsets = rules.getValidOffsets(nominal);
    return switch (offsets.size()) {
      case 1 -> List.of(Fire.ordinary(nominal, nominal.toInstant(offsets.getFirst())));
      case 0 -> inGap(expression, nominal);
      default -> repeated(expression, nominal);
    };
  }

  private List<Fire> inGap(CronExpression expression, LocalDateTime nominal) {
    if (gap == null && expression.followsElapsedTime()) {
      return List.of();
    }
    var transition = zone.getRules().getTransition(nominal);
    var shifted = nominal.plus(transition.getDuration());
    var policy = gap == null ? GapPolicy.NEXT_VALID : gap;
    var at =
        policy == GapPolicy.SHIFT
            ? shifted.toInstant(transition.getOffsetAfter())
            : transition.getInstant();
    var reason =
        nominal.toLocalTime()
            + " does not exist on "
            + nominal.toLocalDate()
            + " in "
            + zone
            + ": clocks go from "
            + transition.getDateTimeBefore().toLocalTime()
            + " to "
            + transition.getDateTimeAfter().toLocalTime();
    var note = policy == GapPolicy.SKIP ? FireNote.DST_GAP : FireNote.GAP_SHIFTED;
    return List.of(new Fire(nominal, at, nominal.toString(), note, reason));
  }

  private List<Fire> repeated(CronExpression expression, LocalDateTime nominal) {
    var transition = zone.getRules().getTransition(nominal);
    var first = Fire.ordinary(nominal, nominal.toInstant(transition.getOffsetBefore()));
    var second =
        new Fire(
            nominal,
            nominal.toInstant(transition.getOffsetAfter()),
            repeat == RepeatPolicy.SECOND
                ? nominal.toString()
                : nominal.toString() + transition.getOffsetAfter(),
            FireNote.SECOND_OCCURRENCE,
            nominal.toLocalTime() + " exists twice on " + nominal.toLocalDate() + " in " + zone);
    var policy =
        repeat == null
            ? expression.followsElapsedTime() ? RepeatPolicy.BOTH : RepeatPolicy.FIRST
            : repeat;
    return switch (policy) {
      case FIRST -> List.of(first);
      case SECOND -> List.of(second);
      case BOTH -> List.of(first, second);
    };
  }

  private Optional<String> exclusion(LocalDate date) {
    return exclusions.entrySet().stream()
        .flatMap(
            calendar ->
                calendar.getValue().reason(date).stream()
                    .map(reason -> calendar.getKey() + ": " + reason))
        .findFirst();
  }

  private static Fire taken(Fire fire, String why) {
    return new Fire(fire.nominal(), fire.at(), fire.key(), FireNote.EXCLUDED, why);
  }

  /**
   * @throws InvalidScheduleException when the calendars take out every day of a full cycle of the
   *     Gregorian calendar's weekdays
   */
  public void requireSomeRun() {
    var cycle = LocalDate.of(2024, 1, 1);
    boolean some =
        expressions.isEmpty()
            || cycle
                .datesUntil(cycle.plusYears(28))
                .anyMatch(
                    date ->
                        expressions.stream().anyMatch(expression -> expression.matches(date))
                            && exclusion(date).isEmpty());
    if (!some) {
      throw new InvalidScheduleException(
          "the calendars "
              + exclusions.keySet().stream().sorted().toList()
              + " take out every day of "
              + expressions);
    }
  }
}
