package ca.assistantgazelle.worker.execution;

import ca.assistantgazelle.runtime.sql.Database;

/** Reads the inbox for assertions. */
final class TestInbox {
    private TestInbox() {}

    static long countRunning(Database database) {
        return database.first("select count(*) from automation.inbox where state = 'running'", row -> row.getLong(0))
                .orElseThrow();
    }
}
