package ca.assistantgazelle.bench;

import java.util.Arrays;
import java.util.List;

/** Medians and percentiles of a series. */
public record SeriesStatistics(List<Double> values) {
    public static SeriesStatistics of(List<Double> values) {
        return new SeriesStatistics(values.stream().sorted().toList());
    }

    public static SeriesStatistics of(double... values) {
        return of(Arrays.stream(values).boxed().toList());
    }

    public double median() {
        return percentile(0.5);
    }

    /** The percentile by nearest rank; {@code share} is between 0 and 1. */
    public double percentile(double share) {
        int rank = (int) Math.ceil(share * values.size());
        return values.get(Math.max(0, Math.min(values.size() - 1, rank - 1)));
    }
}
