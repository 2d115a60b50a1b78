package ca.assistantgazelle.bell;

/** Why the bell rings; {@code automation.bell.event}. */
enum Occasion {
  RUN_FAILED,
  RUN_OVERDUE,
  RUN_RECOVERED,
  /** An authorisation is about to end and nothing renewed it. */
  TOKEN_EXPIRING,
  /** No verified backup is young enough, or one is missing or damaged. */
  BACKUP_WARNING;

  /** It concerns no run. */
  boolean isWarning() {
    return this == TOKEN_EXPIRING || this == BACKUP_WARNING;
  }
}
