package ca.assistantgazelle.backup.config;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.database.DatabaseTls;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Parses a libpq connection URL: {@code postgresql://user:password@host:port/database}. Missing parts are taken from
 * the PG… variables.
 */
final class DatabaseUrl {
    private static final String PORT = "5432";
    private static final Pattern SSL_MODE = Pattern.compile("(?:^|&)sslmode=([a-z-]+)(?:&|$)");

    private DatabaseUrl() {}

    /** The database name is empty if the URL contains none. */
    static DatabaseAddress parse(String url, Function<String, Optional<String>> variables) throws BackupException {
        try {
            var uri = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
            if (uri.getHost() == null || !String.valueOf(uri.getScheme()).startsWith("postgres")) {
                throw invalid();
            }
            var login = uri.getRawUserInfo() == null
                    ? new String[0]
                    : uri.getRawUserInfo().split(":", 2);
            var query = SSL_MODE.matcher(uri.getRawQuery() == null ? "" : uri.getRawQuery());
            return new DatabaseAddress(
                    uri.getHost(),
                    uri.getPort() > 0
                            ? uri.getPort()
                            : Integer.parseInt(variables.apply("PGPORT").orElse(PORT)),
                    uri.getPath() == null || uri.getPath().length() < 2
                            ? ""
                            : decoded(uri.getRawPath().substring(1)),
                    login.length > 0 ? decoded(login[0]) : user(variables),
                    login.length > 1
                            ? decoded(login[1])
                            : variables.apply("PGPASSWORD").orElse(null),
                    tls(query.find() ? query.group(1) : sslMode(variables), uri.getHost(), variables));
        } catch (URISyntaxException | NumberFormatException e) {
            // Without the cause: its message may contain a password.
            throw invalid();
        }
    }

    static DatabaseAddress fromVariables(String host, Function<String, Optional<String>> variables)
            throws BackupException {
        try {
            return new DatabaseAddress(
                    host,
                    Integer.parseInt(variables.apply("PGPORT").orElse(PORT)),
                    variables.apply("PGDATABASE").orElse(user(variables)),
                    user(variables),
                    variables.apply("PGPASSWORD").orElse(null),
                    tls(sslMode(variables), host, variables));
        } catch (NumberFormatException e) {
            throw new BackupException(
                    BackupErrorClass.CONFIGURATION,
                    "PGPORT is '" + variables.apply("PGPORT").orElse("") + "'; it must be a port number.",
                    "Set it to the port of the server, for example 5432.",
                    e);
        }
    }

    private static String user(Function<String, Optional<String>> variables) {
        return variables.apply("PGUSER").orElse("postgres");
    }

    private static String sslMode(Function<String, Optional<String>> variables) {
        return variables.apply("PGSSLMODE").orElse("prefer");
    }

    private static DatabaseTls tls(String mode, String host, Function<String, Optional<String>> variables)
            throws BackupException {
        try {
            return DatabaseTls.of(mode, variables.apply("PGSSLROOTCERT").orElse(null), host);
        } catch (IllegalArgumentException e) {
            throw new BackupException(
                    BackupErrorClass.CONFIGURATION, e.getMessage(), "Correct PGSSLMODE and PGSSLROOTCERT.", e);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static BackupException invalid() {
        return new BackupException(
                BackupErrorClass.CONFIGURATION,
                "The database URL is invalid.",
                "Use the form postgresql://user@host:port/database, with the password in PGPASSWORD.");
    }
}
