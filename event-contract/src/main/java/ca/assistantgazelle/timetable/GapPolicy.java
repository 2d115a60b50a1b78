package ca.assistantgazelle.timetable;

/** What becomes of a nominal time that the clocks jump over. */
public enum GapPolicy {
  /** It fires at the first instant after the gap: 02:30 becomes 03:00. */
  NEXT_VALID,
  /** It fires later by the length of the gap: 02:30 becomes 03:30. */
  SHIFT,
  /** It does not fire, and its row says so. */
  SKIP
}
