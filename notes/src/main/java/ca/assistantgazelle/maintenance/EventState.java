package ca.assistantgazelle.maintenance;

/** What a note says of one kind of trouble, taken as a whole. */
public enum EventState {
  /** Something is wrong when the technician leaves. */
  OPEN,
  /** Something was wrong and was put right in the same note. */
  RESOLVED,
  /** Something is right again; what was wrong stands in an earlier note, if anywhere. */
  RESOLUTION
}
