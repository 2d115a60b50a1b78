package ca.assistantgazelle.contract.timetable;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** Days on which a job does not run. */
@FunctionalInterface
public interface ExclusionCalendar {
    /** Why the local date is excluded; empty when it is not. */
    Optional<String> reason(LocalDate date);

    static ExclusionCalendar of(Set<LocalDate> dates) {
        return date -> dates.contains(date) ? Optional.of(date.toString()) : Optional.empty();
    }
}
