package ca.assistantgazelle.alert.appointment;

import java.time.LocalDate;

/**
 * The days to check: local dates of Montréal, both inclusive.
 *
 * @param kind {@code COURT_TERME} or {@code LONG_TERME}; an appointment is announced once per kind
 */
public record AlertWindow(String kind, LocalDate first, LocalDate last) {
    private static final int LONG_DAYS = 7;

    /** One day. */
    public static AlertWindow courtTerme(LocalDate day) {
        return new AlertWindow("COURT_TERME", day, day);
    }

    /** From the day after tomorrow to seven days ahead. */
    public static AlertWindow longTerme(LocalDate today) {
        return new AlertWindow("LONG_TERME", today.plusDays(2), today.plusDays(LONG_DAYS));
    }
}
