package ca.assistantgazelle.worker.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
class DatabaseTest {
    private static final String INSERT = "insert into automation.database_test values ($1)";

    @Inject
    Database database;

    @BeforeEach
    void emptyTable() {
        database.update("create table if not exists automation.database_test (id int primary key)");
        database.update("truncate automation.database_test");
    }

    @Test
    void pipelinedStatementsAreExecutedInOrder() {
        database.runInTransaction(transaction -> {
            transaction.executeLater(INSERT, 1);
            transaction.executeLater("update automation.database_test set id = 2 where id = $1", 1);
        });
        assertThat(ids()).containsExactly(2);
    }

    @Test
    void aFailedPipelinedStatementRollsBackAndIsThrown() {
        var done = new ArrayList<String>();
        assertFailsWith(
                transaction -> {
                    transaction.afterCommit(() -> done.add("after the commit"));
                    transaction.update(INSERT, 1);
                    transaction.executeLater(INSERT, 1);
                },
                "23505");
        assertThat(ids()).isEmpty();
        assertThat(done).isEmpty();
    }

    @Test
    void theFirstFailureIsThrownNotItsConsequences() {
        assertFailsWith(
                transaction -> {
                    transaction.executeLater(INSERT, 1);
                    transaction.executeLater(INSERT, 1);
                    transaction.list("select 1", row -> true);
                },
                "23505");
        // The connection remains usable.
        database.runInTransaction(transaction -> transaction.executeLater(INSERT, 7));
        assertThat(ids()).containsExactly(7);
    }

    @Test
    void afterCommitActionsSeeTheCommittedData() {
        var seen = new ArrayList<Integer>();
        database.runInTransaction(transaction -> {
            transaction.executeLater(INSERT, 1);
            transaction.afterCommit(() -> seen.addAll(ids()));
        });
        assertThat(seen).containsExactly(1);
    }

    @Test
    void onlyAnAsyncCommitTransactionDoesNotWaitForTheDisk() {
        assertThat(database.inAsyncCommitTransaction(DatabaseTest::synchronousCommitSetting))
                .isEqualTo("session: off");
        // Every connection of the pool.
        for (int i = 0; i < 8; i++) {
            assertThat(database.inTransaction(DatabaseTest::synchronousCommitSetting))
                    .doesNotStartWith("session");
        }
    }

    private void assertFailsWith(Consumer<SqlQueries> work, String sqlState) {
        assertThatThrownBy(() -> database.runInTransaction(work))
                .isInstanceOfSatisfying(
                        PgException.class, e -> assertThat(e.getSqlState()).isEqualTo(sqlState));
    }

    private List<Integer> ids() {
        return database.list("select id from automation.database_test order by id", row -> row.getInteger(0));
    }

    private static String synchronousCommitSetting(SqlQueries transaction) {
        return transaction
                .first(
                        "select source || ': ' || setting from pg_settings where name = 'synchronous_commit'",
                        row -> row.getString(0))
                .orElseThrow();
    }
}
