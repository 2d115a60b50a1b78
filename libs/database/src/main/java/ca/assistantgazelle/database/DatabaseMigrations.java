package ca.assistantgazelle.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Migrates a database to the schema of this version. Any number of processes may do so concurrently. */
public final class DatabaseMigrations {
    /** In order of application; files not listed here are not applied. */
    static final List<String> FILES = List.of(
            "V1__former_system_tables.sql",
            "V2__run_ledger.sql",
            "V3__messaging.sql",
            "V4__sync.sql",
            "V5__note_analysis.sql",
            "V6__report.sql",
            "V7__notifications.sql",
            "V8__backups.sql",
            "V9__quiesce.sql",
            "V10__run_supervision.sql",
            "V11__retention.sql");

    private final DatabaseSettings owner;
    private final String serviceRole;

    /**
     * @param owner the role that may create and alter tables
     * @param serviceRole the role the services use; granted its privileges when it is not the owner
     */
    public DatabaseMigrations(DatabaseSettings owner, String serviceRole) {
        this.owner = owner;
        this.serviceRole = serviceRole;
    }

    /**
     * Applies missing migrations, then checks the tables.
     *
     * @return how many migrations were applied
     * @throws UnusableDatabaseException if the database cannot be migrated; its message contains the SQL to run
     * @throws SQLException when the database cannot be reached
     */
    public int run() throws SQLException {
        var dataSource = new OwnerDataSource(owner);
        try (var connection = dataSource.getConnection();
                var second = dataSource.getConnection()) {
            requireSession(connection, second);
            MigrationObstacles.check(connection);
        }
        int applied = migrate(dataSource);
        try (Connection connection = dataSource.getConnection()) {
            ExpectedColumns.check(connection);
            if (!owner.user().equals(serviceRole)) {
                ServiceRoleGrants.grant(connection, serviceRole);
            }
        }
        return applied;
    }

    private void requireSession(Connection connection, Connection second) throws SQLException {
        if (!SessionPoolingCheck.keepsSession(connection, second)) {
            throw new UnusableDatabaseException(
                    "PGHOST %s, PGPORT %d is a transaction pooler, which shares sessions between connections. Use the direct host or the session pooler (Supabase: port 5432)."
                            .formatted(owner.host(), owner.port()),
                    null);
        }
    }

    private static int migrate(OwnerDataSource dataSource) {
        try {
            return Flyway.configure(DatabaseMigrations.class.getClassLoader())
                    .dataSource(dataSource)
                    .resourceProvider(new MigrationFiles(FILES))
                    .javaMigrationClassProvider(List::of)
                    .schemas("automation")
                    .table("schema_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate()
                    .migrationsExecuted;
        } catch (FlywayException e) {
            throw UnusableDatabaseException.from(e);
        }
    }
}
