package ca.assistantgazelle.catalogue;

/** What becomes of planned instants that passed while nobody could start them. */
public enum MisfirePolicy {
  /** The latest one runs, if it is not too late; it stands for the earlier ones. */
  LAST,
  /** All run, one after the other, up to a cap. */
  ALL,
  /** None runs. */
  NONE
}
