package ca.assistantgazelle.gazelle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * With records that are asked for one by one: where Gazelle fails at one, it is set aside and the
 * others go on; where it fails at several, the fault is not theirs.
 */
public final class Leniency {
  /** Each costs all of the tries. */
  private static final int MOST = 3;

  private int failed;

  /** Something to be done with a record that may ask Gazelle for more of it. */
  public interface Step {
    /**
     * @throws GazelleException when Gazelle does not give it
     */
    void take(JsonNode node) throws InterruptedException;
  }

  /**
   * The records after the step, {@link Unreadable} ones in place of those that Gazelle fails at.
   */
  public static List<JsonNode> each(List<JsonNode> records, Step step) throws InterruptedException {
    var leniency = new Leniency();
    var taken = new ArrayList<JsonNode>();
    for (var node : records) {
      try {
        step.take(node);
        taken.add(node);
      } catch (GazelleException e) {
        taken.add(leniency.insteadOf(node.path("id").asText(), e));
      }
    }
    return taken;
  }

  /**
   * What stands for a record that Gazelle failed at.
   *
   * @throws GazelleException the failure, when it is not one of a single record
   */
  JsonNode insteadOf(String id, GazelleException failure) {
    if (!failure.isPartial() || ++failed > MOST) {
      throw failure;
    }
    return Unreadable.of(id, failure.error().message());
  }
}
