package ca.assistantgazelle.simulation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a simulation found: every fire and what became of it, and what people would be told. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Outcome(
    String from,
    String to,
    String environment,
    String zone,
    String tzdbVersion,
    Map<String, Integer> summary,
    List<SimulatedFire> fires,
    List<Told> told) {
  /**
   * One fire.
   *
   * @param at the planned instant
   * @param disposition RAN, or why it did not; never null
   * @param note what is special about its time, or null
   * @param startedAt null when it did not run
   * @param latenessSeconds from the planned instant to the start; null when it did not run
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record SimulatedFire(
      String job,
      String nominal,
      String zone,
      Instant at,
      String disposition,
      String status,
      String note,
      String reason,
      String cause,
      Instant startedAt,
      Instant finishedAt,
      Long latenessSeconds,
      int attempts,
      Map<String, Object> parameters) {}

  /** News that a person gets to see. */
  public record Told(Instant at, String event, String job, String nominal, String message) {}
}
