package ca.assistantgazelle.workshop;

/** Why a running attempt is told to stop before it is done. */
enum StopReason {
  /** It lasts longer than its hard limit. */
  TIME_LIMIT,
  /** Somebody asked for its end. */
  CANCELLED,
  /** Another worker has it. */
  FENCE_LOST,
  /** This process stops, and the drain time is over. */
  SHUTDOWN
}
