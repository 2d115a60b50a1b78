package ca.assistantgazelle.contract.timetable;

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
 * The planned local times of one job. Nominal times are converted to instants by the zone's rules, never by adding
 * hours.
 *
 * @param expressions their fires are combined; equal nominal times are one fire
 * @param zone in which the expressions are interpreted
 * @param gap null: NEXT_VALID for times of day; wildcards and steps follow elapsed time
 * @param repeat null: FIRST for times of day; wildcards and steps follow elapsed time
 * @param exclusions calendars of excluded days, by name
 */
public record Timetable(
        List<CronExpression> expressions,
        ZoneId zone,
        DstGapPolicy gap,
        RepeatedHourPolicy repeat,
        Map<String, ExclusionCalendar> exclusions) {
    /** Maximum distance in days between a nominal time and its instant, in any zone and year. */
    private static final int SLACK_DAYS = 2;

    /** Longest distance between two days of an expression: 29 February on a given weekday, around 2100. */
    private static final int HORIZON_DAYS = 366 * 41;

    public Timetable {
        expressions = List.copyOf(expressions);
        exclusions = Map.copyOf(exclusions);
    }

    /** A bundled calendar ({@code quebec_holidays}); empty when unknown. */
    public static Optional<ExclusionCalendar> bundledCalendar(String name) {
        return "quebec_holidays".equals(name) ? Optional.of(new QuebecHolidays()) : Optional.empty();
    }

    /** Fires that fall due after one instant and up to and including another, in order. */
    public List<PlannedFire> fires(Instant after, Instant until) {
        return hasNoTransitionNear(after, until) ? firesWithoutTransition(after, until) : firesDayByDay(after, until);
    }

    private List<PlannedFire> firesDayByDay(Instant after, Instant until) {
        return nominalFires(
                        after.atZone(zone).toLocalDate().minusDays(SLACK_DAYS),
                        until.atZone(zone).toLocalDate().plusDays(SLACK_DAYS + 1))
                .filter(fire -> fire.at().isAfter(after) && !fire.at().isAfter(until))
                .toList();
    }

    /** Fires with a nominal date from one date to before another, in order. */
    public List<PlannedFire> fires(LocalDate from, LocalDate to) {
        return nominalFires(from, to).toList();
    }

    /** The first fire due after the instant, even if it does not run; empty when there is none. */
    public Optional<PlannedFire> next(Instant after) {
        var soon = after.plus(Duration.ofDays(1));
        var straight =
                hasNoTransitionNear(after, soon) ? nextWithoutTransition(after, soon) : Optional.<PlannedFire>empty();
        return straight.isPresent() ? straight : nextDayByDay(after);
    }

    private Optional<PlannedFire> nextDayByDay(Instant after) {
        var first = after.atZone(zone).toLocalDate().minusDays(SLACK_DAYS);
        for (int day = 0; day < HORIZON_DAYS; day++) {
            var date = first.plusDays(day);
            if (firesOn(date).stream().anyMatch(fire -> fire.at().isAfter(after))) {
                // A clock change may put a fire of the next day before one of this day.
                return nominalFires(date, date.plusDays(SLACK_DAYS + 1))
                        .filter(fire -> fire.at().isAfter(after))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    /** The first fire after the instant that runs; empty when none of the next hundred does. */
    public Optional<PlannedFire> nextRun(Instant after) {
        var fire = next(after);
        for (int looked = 0; looked < 100 && fire.isPresent() && !fire.get().runs(); looked++) {
            fire = next(fire.get().at());
        }
        return fire.filter(PlannedFire::runs);
    }

    /**
     * Whether no clock change is near. Nominal times then have the order of their instants, and the next one is found
     * without visiting whole days, as thousands of jobs due every minute require.
     */
    private boolean hasNoTransitionNear(Instant after, Instant until) {
        var rules = zone.getRules();
        var last = rules.previousTransition(until.plus(Duration.ofDays(SLACK_DAYS + 1)));
        return last == null || last.getInstant().isBefore(after.minus(Duration.ofDays(SLACK_DAYS + 1)));
    }

    private List<PlannedFire> firesWithoutTransition(Instant after, Instant until) {
        var fires = new ArrayList<PlannedFire>();
        for (var next = nextWithoutTransition(after, until);
                next.isPresent();
                next = nextWithoutTransition(next.get().at(), until)) {
            fires.add(next.get());
        }
        return fires;
    }

    private Optional<PlannedFire> nextWithoutTransition(Instant after, Instant until) {
        var local = LocalDateTime.ofInstant(after, zone);
        var before = until.atZone(zone).toLocalDate().plusDays(1);
        return expressions.stream()
                .flatMap(expression -> expression.next(local, before).stream())
                .min(Comparator.naturalOrder())
                .map(nominal ->
                        PlannedFire.ordinary(nominal, nominal.atZone(zone).toInstant()))
                .filter(fire -> !fire.at().isAfter(until))
                .map(fire -> exclusion(fire.nominal().toLocalDate())
                        .map(why -> excludedFire(fire, why))
                        .orElse(fire));
    }

    private Stream<PlannedFire> nominalFires(LocalDate from, LocalDate to) {
        return from.isBefore(to)
                ? from.datesUntil(to).flatMap(date -> firesOn(date).stream()).sorted(PlannedFire.BY_DUE_TIME)
                : Stream.empty();
    }

    private List<PlannedFire> firesOn(LocalDate date) {
        if (expressions.stream().noneMatch(expression -> expression.matches(date))) {
            return List.of();
        }
        var excluded = exclusion(date);
        Map<String, PlannedFire> fires = new LinkedHashMap<>();
        for (var expression : expressions) {
            for (var nominal : expression.timesOn(date)) {
                for (var fire : firesOn(expression, nominal)) {
                    fires.putIfAbsent(
                            fire.key(),
                            excluded.map(why -> excludedFire(fire, why)).orElse(fire));
                }
            }
        }
        return List.copyOf(fires.values());
    }

    private List<PlannedFire> firesOn(CronExpression expression, LocalDateTime nominal) {
        var rules = zone.getRules();
        var offsets = rules.getValidOffsets(nominal);
        return switch (offsets.size()) {
            case 1 -> List.of(PlannedFire.ordinary(nominal, nominal.toInstant(offsets.getFirst())));
            case 0 -> firesInGap(expression, nominal);
            default -> firesInRepeatedHour(expression, nominal);
        };
    }

    private List<PlannedFire> firesInGap(CronExpression expression, LocalDateTime nominal) {
        if (gap == null && expression.followsElapsedTime()) {
            return List.of();
        }
        var transition = zone.getRules().getTransition(nominal);
        var shifted = nominal.plus(transition.getDuration());
        var policy = gap == null ? DstGapPolicy.NEXT_VALID : gap;
        var at =
                policy == DstGapPolicy.SHIFT ? shifted.toInstant(transition.getOffsetAfter()) : transition.getInstant();
        var reason = nominal.toLocalTime()
                + " does not exist on "
                + nominal.toLocalDate()
                + " in "
                + zone
                + ": clocks go from "
                + transition.getDateTimeBefore().toLocalTime()
                + " to "
                + transition.getDateTimeAfter().toLocalTime();
        var note = policy == DstGapPolicy.SKIP ? PlannedFireNote.DST_GAP : PlannedFireNote.GAP_SHIFTED;
        return List.of(new PlannedFire(nominal, at, nominal.toString(), note, reason));
    }

    private List<PlannedFire> firesInRepeatedHour(CronExpression expression, LocalDateTime nominal) {
        var transition = zone.getRules().getTransition(nominal);
        var first = PlannedFire.ordinary(nominal, nominal.toInstant(transition.getOffsetBefore()));
        var second = new PlannedFire(
                nominal,
                nominal.toInstant(transition.getOffsetAfter()),
                repeat == RepeatedHourPolicy.SECOND
                        ? nominal.toString()
                        : nominal.toString() + transition.getOffsetAfter(),
                PlannedFireNote.SECOND_OCCURRENCE,
                nominal.toLocalTime() + " exists twice on " + nominal.toLocalDate() + " in " + zone);
        var policy = repeat == null
                ? expression.followsElapsedTime() ? RepeatedHourPolicy.BOTH : RepeatedHourPolicy.FIRST
                : repeat;
        return switch (policy) {
            case FIRST -> List.of(first);
            case SECOND -> List.of(second);
            case BOTH -> List.of(first, second);
        };
    }

    private Optional<String> exclusion(LocalDate date) {
        return exclusions.entrySet().stream()
                .flatMap(calendar ->
                        calendar.getValue().reason(date).stream().map(reason -> calendar.getKey() + ": " + reason))
                .findFirst();
    }

    private static PlannedFire excludedFire(PlannedFire fire, String why) {
        return new PlannedFire(fire.nominal(), fire.at(), fire.key(), PlannedFireNote.EXCLUDED, why);
    }

    /** @throws InvalidScheduleException if the calendars exclude every day of a full 28-year cycle of weekdays */
    public void requireAnyRun() {
        var cycle = LocalDate.of(2024, 1, 1);
        boolean some = expressions.isEmpty()
                || cycle.datesUntil(cycle.plusYears(28))
                        .anyMatch(date -> expressions.stream().anyMatch(expression -> expression.matches(date))
                                && exclusion(date).isEmpty());
        if (!some) {
            throw new InvalidScheduleException("the calendars "
                    + exclusions.keySet().stream().sorted().toList()
                    + " exclude every day of "
                    + expressions);
        }
    }
}
