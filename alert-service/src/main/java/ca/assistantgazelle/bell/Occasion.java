package ca.assistantgazelle.bell;

/** Why the bell rings; {@code automation.bell.event}. */
enum Occasion {
  RUN_FAILED,
  RUN_OVERDUE,
  RUN_RECOVERED,
  /** An authorisation is about to end and nothing renewed it. */
  TOKEN_EXPIRING
}
