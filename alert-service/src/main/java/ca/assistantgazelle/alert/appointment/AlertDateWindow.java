package ca.assistantgazelle.alert.appointment;

import java.time.LocalDate;

/**
 * The days to check: local dates of Montréal, both inclusive.
 *
 * @param kind {@code COURT_TERME} or {@code LONG_TERME}; an appointment is announced once per kind
 */
public record AlertDateWindow(String kind, LocalDate first, LocalDate last) {
    private static final int LONG_DAYS = 7;

    /** One day. */
    public static AlertDateWindow courtTerme(LocalDate day) {
        return new AlertDateWindow("COURT_TERME", day, day);
    }

    /** From the day after tomorrow to seven days ahead. */
    public static AlertDateWindow longTerme(LocalDate today) {
        return new AlertDateWindow("LONG_TERME", today.plusDays(2), today.plusDays(LONG_DAYS));
    }
}
