package ca.assistantgazelle.database;

import java.util.Objects;

/**
 * Address and credentials of the database, under libpq's names.
 *
 * @param sslMode libpq's sslmode: disable, prefer, require, verify-ca or verify-full
 */
public record DatabaseSettings(String host, int port, String database, String user, String password, String sslMode) {
    public DatabaseSettings {
        Objects.requireNonNull(host, "PGHOST");
        Objects.requireNonNull(database, "PGDATABASE");
        Objects.requireNonNull(user, "PGUSER");
    }

    String jdbcUrl() {
        return "jdbc:postgresql://"
                + host
                + ":"
                + port
                + "/"
                + database
                + "?sslmode="
                + sslMode
                + "&connectTimeout=5&socketTimeout=600&ApplicationName=gazelle-migrations";
    }

    /** Without the password, safe for logs. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
