package ca.assistantgazelle.maintenance;

import ca.assistantgazelle.note.Clause;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What one note tells of one kind of trouble, clause after clause. */
final class Story {
  private final Set<Clause> told = new LinkedHashSet<>();
  private boolean raised;
  private boolean open;
  private Clause resolvedIn;

  /**
   * @param earlier it is told after its own solution: "rebranché, était débranché"
   */
  void raise(Clause clause, boolean earlier) {
    raised = true;
    open = open || !earlier || resolvedIn == null;
    told.add(clause);
  }

  void resolve(Clause clause) {
    open = false;
    resolvedIn = clause;
    told.add(clause);
  }

  boolean isRaised() {
    return raised;
  }

  boolean isTold(Clause clause) {
    return told.contains(clause);
  }

  boolean wasResolvedIn(Clause clause) {
    return clause.equals(resolvedIn);
  }

  EventState state() {
    if (open) {
      return EventState.OPEN;
    }
    return raised ? EventState.RESOLVED : EventState.RESOLUTION;
  }

  String evidence() {
    return told.stream().map(Clause::written).collect(Collectors.joining(" … "));
  }
}
