package ca.assistantgazelle.bench;

import java.util.Arrays;
import java.util.List;

/** Medians and percentiles of a series. */
public record Statistics(List<Double> values) {
  public static Statistics of(List<Double> values) {
    return new Statistics(values.stream().sorted().toList());
  }

  public static Statistics of(double... values) {
    return of(Arrays.stream(values).boxed().toList());
  }

  public double median() {
    return percentile(0.5);
  }

  /** The value below which that share of the series lies (nearest rank). */
  public double percentile(double share) {
    int rank = (int) Math.ceil(share * values.size());
    return values.get(Math.max(0, Math.min(values.size() - 1, rank - 1)));
  }
}
