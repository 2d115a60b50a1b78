package ca.assistantgazelle.database;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Address and credentials of the database, under libpq's names.
 *
 * @param tls how the connection is protected
 */
public record DatabaseSettings(String host, int port, String database, String user, String password, DatabaseTls tls) {
    public DatabaseSettings {
        Objects.requireNonNull(host, "PGHOST");
        Objects.requireNonNull(database, "PGDATABASE");
        Objects.requireNonNull(user, "PGUSER");
    }

    /** Without TLS parameters beyond the mode; see {@link DatabaseTls}. */
    public DatabaseSettings(String host, int port, String database, String user, String password, String sslMode) {
        this(host, port, database, user, password, new DatabaseTls(DatabaseTls.TlsMode.of(sslMode), null));
    }

    String jdbcUrl() {
        var parameters = tls.jdbcParameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://%s:%d/%s?%s&connectTimeout=5&socketTimeout=600&ApplicationName=gazelle-migrations"
                .formatted(host, port, encoded(database), parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Without the password, safe for logs. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port + "/" + database;
    }
}
