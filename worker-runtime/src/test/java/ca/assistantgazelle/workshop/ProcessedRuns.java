package ca.assistantgazelle.workshop;

import ca.assistantgazelle.sql.Database;

/** Looks into the inbox. */
final class ProcessedRuns {
  private ProcessedRuns() {}

  static long running(Database database) {
    return database
        .first(
            "select count(*) from automation.inbox where state = 'running'", row -> row.getLong(0))
        .orElseThrow();
  }
}
