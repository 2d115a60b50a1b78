package ca.assistantgazelle.contract.timetable;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SUNDAY;

import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Québec's general holidays. Sources: Act respecting labour standards (CQLR c. N-1.1), section 60, and National Holiday
 * Act (CQLR c. F-1.1). Where section 60 leaves the employer the choice between Good Friday and Easter Monday, both are
 * here: an institution may be closed on either.
 */
final class QuebecHolidays implements ExclusionCalendar {
    @Override
    public Optional<String> reason(LocalDate date) {
        return Optional.ofNullable(of(date.getYear()).get(date));
    }

    private static Map<LocalDate, String> of(int year) {
        var easter = easter(year);
        var canada = LocalDate.of(year, Month.JULY, 1);
        return Stream.of(
                        Map.entry(LocalDate.of(year, Month.JANUARY, 1), "jour de l'An"),
                        Map.entry(easter.minusDays(2), "Vendredi saint"),
                        Map.entry(easter.plusDays(1), "lundi de Pâques"),
                        Map.entry(
                                LocalDate.of(year, Month.MAY, 25).with(TemporalAdjusters.previous(MONDAY)),
                                "Journée nationale des patriotes"),
                        Map.entry(LocalDate.of(year, Month.JUNE, 24), "fête nationale"),
                        Map.entry(canada.getDayOfWeek() == SUNDAY ? canada.plusDays(1) : canada, "fête du Canada"),
                        Map.entry(
                                LocalDate.of(year, Month.SEPTEMBER, 1).with(TemporalAdjusters.firstInMonth(MONDAY)),
                                "fête du Travail"),
                        Map.entry(
                                LocalDate.of(year, Month.OCTOBER, 1)
                                        .with(TemporalAdjusters.dayOfWeekInMonth(2, MONDAY)),
                                "Action de grâces"),
                        Map.entry(LocalDate.of(year, Month.DECEMBER, 25), "Noël"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    // The anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8).
    private static LocalDate easter(int year) {
        int golden = year % 19;
        int century = year / 100;
        int yearOfCentury = year % 100;
        int epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        int weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7;
        int correction = (golden + 11 * epact + 22 * weekday) / 451;
        int monthAndDay = epact + weekday - 7 * correction + 114;
        return LocalDate.of(year, monthAndDay / 31, monthAndDay % 31 + 1);
    }
}
