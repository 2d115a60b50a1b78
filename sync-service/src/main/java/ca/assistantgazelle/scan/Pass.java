package ca.assistantgazelle.scan;

import java.util.HashSet;
import java.util.Set;

/**
 * One walk through all pages of an entity. Cursors are offsets: a record removed while we walk
 * shifts another one out of sight. So a walk counts only when Gazelle's total never shrank on the
 * way and as many records were seen as there are.
 */
final class Pass {
  private final Set<String> seen;
  private int total;
  private boolean shrank;

  /**
   * @param seen by an earlier attempt that this one goes on from
   * @param total what that attempt was told last; 0 when there was none
   */
  Pass(Set<String> seen, int total) {
    this.seen = new HashSet<>(seen);
    this.total = total;
  }

  void told(int newTotal) {
    shrank |= newTotal < total;
    total = newTotal;
  }

  void saw(String id) {
    seen.add(id);
  }

  boolean isComplete() {
    return !shrank && seen.size() >= total;
  }

  Set<String> seen() {
    return seen;
  }

  int total() {
    return total;
  }
}
