package ca.assistantgazelle.report.timeline;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Distinct canonical readings, in the order in which they were taken. */
record CanonicalReadings(List<String> canonical) {
    static final CanonicalReadings NONE = new CanonicalReadings(List.of());

    /** @param joined one reading per line, as selected from the database; may be null */
    static CanonicalReadings parse(String joined) {
        return joined == null ? NONE : new CanonicalReadings(distinct(Arrays.asList(joined.split("\n"))));
    }

    boolean isEmpty() {
        return canonical.isEmpty();
    }

    CanonicalReadings plus(CanonicalReadings later) {
        Set<String> all = new LinkedHashSet<>(canonical);
        all.addAll(later.canonical);
        return new CanonicalReadings(List.copyOf(all));
    }

    String toCell() {
        return String.join(" | ", canonical);
    }

    private static List<String> distinct(List<String> readings) {
        return List.copyOf(new LinkedHashSet<>(readings));
    }
}
