package ca.assistantgazelle.appointment;

/** Whether somebody has confirmed an appointment. */
public enum Confirmation {
  CONFIRMED,
  UNCONFIRMED,
  /** Gazelle was never asked: shown apart, and never guessed. */
  UNKNOWN
}
