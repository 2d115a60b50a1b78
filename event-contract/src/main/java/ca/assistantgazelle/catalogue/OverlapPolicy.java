package ca.assistantgazelle.catalogue;

/** What becomes of a fire that falls due while an earlier run of its job is open. */
public enum OverlapPolicy {
  /** It does not run, and its row says so. */
  SKIP,
  /** One waits for its turn; more do not run. */
  BUFFER_ONE,
  /** The open run is cancelled, then it starts. */
  CANCEL_OTHER
}
