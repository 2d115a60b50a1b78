package ca.assistantgazelle.contract.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the timetable with a simulated wall clock that is read once a minute: a matching time fires when it is shown
 * for the first time, and a skipped one right after the jump.
 */
class TimetableOracleTest {
    private static final List<String> ZONES = List.of(
            "America/Toronto",
            "America/St_Johns",
            "America/Havana",
            "America/Sao_Paulo",
            "Europe/London",
            "Europe/Paris",
            "Africa/Casablanca",
            "Africa/Cairo",
            "Asia/Beirut",
            "Asia/Tehran",
            "Asia/Kolkata",
            "Asia/Gaza",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Pacific/Chatham",
            "Antarctica/Troll",
            "Etc/UTC",
            "America/Nuuk",
            "America/Asuncion");

    static List<Long> seeds() {
        return IntStream.range(0, 60).mapToObj(Long::valueOf).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void timetableMatchesASimulatedWallClock(long seed) {
        var random = new Random(seed);
        var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        var from = around(zone, random);
        var to = from.plus(Duration.ofDays(4));
        var cron = cron(random);
        var timetable = new Timetable(List.of(CronExpression.parse(cron.text)), zone, null, null, Map.of());

        var expected = wallClock(zone, from, to, cron);

        var found = timetable.fires(from, to).stream()
                .map(fire -> fire.nominal() + " " + fire.at())
                .toList();
        assertThat(found).as("%s in %s from %s", cron.text, zone, from).isEqualTo(expected);
        assertThat(firesByNext(timetable, from, to))
                .as("next() of %s in %s from %s", cron.text, zone, from)
                .isEqualTo(timetable.fires(from, to).stream()
                        .map(PlannedFire::at)
                        .distinct()
                        .toList());
    }

    private record CronSample(String text, boolean followsElapsedTime, Predicate<LocalDateTime> matches) {}

    private static CronSample cron(Random random) {
        int minute = random.nextInt(4) * 15;
        int hour = random.nextInt(5);
        int weekday = random.nextInt(7);
        return switch (random.nextInt(5)) {
            case 0 ->
                new CronSample(
                        minute + " " + hour + " * * *",
                        false,
                        time -> time.getMinute() == minute && time.getHour() == hour);
            case 1 ->
                new CronSample(
                        minute + " 0-4,23 * * " + weekday + "," + (weekday + 1) % 7,
                        false,
                        time -> time.getMinute() == minute
                                && (time.getHour() <= 4 || time.getHour() == 23)
                                && List.of(weekday, (weekday + 1) % 7)
                                        .contains(time.getDayOfWeek().getValue() % 7));
            case 2 -> new CronSample("*/20 * * * *", true, time -> time.getMinute() % 20 == 0);
            case 3 ->
                new CronSample(
                        minute + " */2 * * *", true, time -> time.getMinute() == minute && time.getHour() % 2 == 0);
            default ->
                new CronSample(
                        minute + " " + hour + " 1,15,31 * 1",
                        false,
                        time -> time.getMinute() == minute
                                && time.getHour() == hour
                                && (List.of(1, 15, 31).contains(time.getDayOfMonth())
                                        || time.getDayOfWeek().getValue() == 1));
        };
    }

    // Two of three windows contain a clock change, if the zone has any.
    private static Instant around(ZoneId zone, Random random) {
        var anchor = Instant.parse("2007-01-01T00:00:00Z").plus(Duration.ofHours(random.nextInt(21 * 8766)));
        var change = zone.getRules().nextTransition(anchor);
        return change == null || random.nextInt(3) == 0
                ? anchor
                : change.getInstant().minus(Duration.ofHours(random.nextInt(90)));
    }

    private static List<String> wallClock(ZoneId zone, Instant from, Instant to, CronSample cron) {
        var fires = new ArrayList<String>();
        Set<LocalDateTime> shown = new HashSet<>();
        // Starts early, so that what was shown before the window is known.
        var before = LocalDateTime.ofInstant(from.minus(Duration.ofDays(2)), zone);
        for (var at = from.minus(Duration.ofDays(2)); !at.isAfter(to); at = at.plusSeconds(60)) {
            var now = LocalDateTime.ofInstant(at, zone);
            List<LocalDateTime> names = new ArrayList<>();
            if (!cron.followsElapsedTime && now.isAfter(before.plusMinutes(1))) {
                for (var lost = before.plusMinutes(1); lost.isBefore(now); lost = lost.plusMinutes(1)) {
                    names.add(lost);
                }
            }
            if (cron.followsElapsedTime || shown.add(now)) {
                names.add(now);
            }
            if (at.isAfter(from)) {
                for (var name : names) {
                    if (cron.matches.test(name)) {
                        fires.add(name + " " + at.truncatedTo(ChronoUnit.SECONDS));
                    }
                }
            }
            before = now;
        }
        return fires;
    }

    private static List<Instant> firesByNext(Timetable timetable, Instant from, Instant to) {
        var chain = new ArrayList<Instant>();
        for (var next = timetable.next(from);
                next.isPresent() && !next.get().at().isAfter(to);
                next = timetable.next(next.get().at())) {
            chain.add(next.get().at());
        }
        return chain;
    }
}
