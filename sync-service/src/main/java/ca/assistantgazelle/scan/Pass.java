package ca.assistantgazelle.scan;

/**
 * One walk through all pages of an entity. Cursors are offsets: a record removed while we walk
 * shifts another one out of sight. So a walk counts only when Gazelle's total never shrank on the
 * way and as many records were seen as there are. Which ones were seen is in the database.
 */
final class Pass {
  private final int number;
  private int seen;
  private int total;
  private boolean shrank;

  /**
   * Goes on where an earlier attempt stopped.
   *
   * @param seen different records seen by then
   * @param total what that attempt was told last; 0 when there was none
   */
  Pass(int number, int seen, int total, boolean shrank) {
    this.number = number;
    this.seen = seen;
    this.total = total;
    this.shrank = shrank;
  }

  /** The walk after this one, from the first page. */
  Pass again() {
    return new Pass(number + 1, 0, 0, false);
  }

  synchronized void told(int newTotal) {
    shrank |= newTotal < total;
    total = newTotal;
  }

  /** So many records that this walk had not seen yet. */
  synchronized void saw(int more) {
    seen += more;
  }

  synchronized boolean isComplete() {
    return !shrank && seen >= total;
  }

  synchronized boolean shrank() {
    return shrank;
  }

  int number() {
    return number;
  }

  synchronized int seen() {
    return seen;
  }

  synchronized int total() {
    return total;
  }
}
