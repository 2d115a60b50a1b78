package ca.assistantgazelle.runtime.sql;

import ca.assistantgazelle.database.DatabaseSettings;
import ca.assistantgazelle.database.DatabaseTls;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** Connection settings of the database, under libpq's variable names. */
@ConfigMapping(prefix = "gazelle.database")
public interface DatabaseConfig {
    /** {@code PGHOST}. */
    String host();

    /** {@code PGPORT}. */
    int port();

    /** {@code PGDATABASE}; like libpq, the user's name when absent. */
    String name();

    /** {@code PGUSER}. */
    String user();

    /** {@code PGPASSWORD}. */
    Optional<String> password();

    /** {@code PGSSLMODE}. */
    @WithDefault("prefer")
    String sslMode();

    /** {@code PGSSLROOTCERT}. */
    Optional<String> sslRootCert();

    /**
     * How connections are protected.
     *
     * @throws IllegalArgumentException if the settings make no sense or are unsafe
     */
    default DatabaseTls tls() {
        return DatabaseTls.of(sslMode(), sslRootCert().orElse(null), host());
    }

    /** {@code MIGRATION_PGUSER}: the role that owns the tables, if the services use another one. */
    Optional<String> migrationUser();

    /** {@code MIGRATION_PGPASSWORD}. */
    Optional<String> migrationPassword();

    /** PostgreSQL settings of every pooled connection, by name. */
    Map<String, String> session();

    /** Connection settings for migrations. */
    default DatabaseSettings owner() {
        var secret = migrationUser().isPresent() ? migrationPassword() : password();
        return new DatabaseSettings(host(), port(), name(), migrationUser().orElse(user()), secret.orElse(""), tls());
    }
}
