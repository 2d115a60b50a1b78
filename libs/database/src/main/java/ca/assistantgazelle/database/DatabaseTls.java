package ca.assistantgazelle.database;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How connections to the database are protected: one policy for the pool, LISTEN, JDBC and PostgreSQL's programs.
 *
 * @param mode libpq's sslmode
 * @param rootCertificate path of the PEM file with the certificate authority; {@code system} = the authorities that the
 *     JVM trusts; null = none
 */
public record DatabaseTls(TlsMode mode, String rootCertificate) {
    /** The value of PGSSLROOTCERT for the authorities of the system. */
    public static final String SYSTEM = "system";

    /** libpq's modes. */
    public enum TlsMode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        /** libpq's name. */
        public String libpqName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static TlsMode of(String name) {
            for (var mode : values()) {
                if (mode.libpqName().equals(name)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException("PGSSLMODE is '" + name
                    + "'; it must be disable, allow, prefer, require, verify-ca or verify-full.");
        }
    }

    /**
     * @param mode PGSSLMODE
     * @param rootCertificate PGSSLROOTCERT; null or empty = none
     * @param host PGHOST
     * @throws IllegalArgumentException if the settings make no sense or are unsafe; the message names the remedy
     */
    public static DatabaseTls of(String mode, String rootCertificate, String host) {
        var root = rootCertificate == null || rootCertificate.isBlank() ? null : rootCertificate;
        var asked = TlsMode.of(mode);
        if (asked == TlsMode.ALLOW || asked == TlsMode.PREFER) {
            requireThisMachine(mode, host);
        }
        if ((asked == TlsMode.VERIFY_CA || asked == TlsMode.VERIFY_FULL) && root == null) {
            throw new IllegalArgumentException(
                    "PGSSLMODE is " + mode
                            + ", but PGSSLROOTCERT is not set; set it to the PEM file of the certificate authority, or to system.");
        }
        if (root != null && !root.equals(SYSTEM) && !Files.isReadable(Path.of(root))) {
            throw new IllegalArgumentException("PGSSLROOTCERT is " + root
                    + "; it must be a readable PEM file with the certificate authority of the database.");
        }
        if (asked == TlsMode.VERIFY_CA && SYSTEM.equals(root)) {
            throw new IllegalArgumentException(
                    "PGSSLROOTCERT is system, which libpq accepts with PGSSLMODE=verify-full only;"
                            + " PGSSLMODE is verify-ca.");
        }
        // As libpq does: with a root certificate, require verifies it; with system, the host name too.
        var effective = root == null || asked != TlsMode.REQUIRE
                ? asked
                : root.equals(SYSTEM) ? TlsMode.VERIFY_FULL : TlsMode.VERIFY_CA;
        return new DatabaseTls(effective, root);
    }

    // These modes go on in clear when the handshake fails, and verify nothing.
    private static void requireThisMachine(String mode, String host) {
        if (!isThisMachine(host)) {
            throw new IllegalArgumentException("PGSSLMODE is " + mode + " and PGHOST is " + host
                    + ", another machine: the password and all data could travel unencrypted. Set PGSSLMODE=verify-full and"
                    + " PGSSLROOTCERT, or PGSSLMODE=require; disable turns encryption off knowingly.");
        }
    }

    private static boolean isThisMachine(String host) {
        if (host.startsWith("/")) {
            return true;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether the server's certificate is verified. */
    public boolean verifies() {
        return mode == TlsMode.VERIFY_CA || mode == TlsMode.VERIFY_FULL;
    }

    /** Parameters of pgjdbc. */
    public Map<String, String> jdbcParameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("sslmode", mode.libpqName());
        if (verifies() && rootCertificate.equals(SYSTEM)) {
            parameters.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        } else if (verifies()) {
            parameters.put("sslrootcert", rootCertificate);
        }
        return parameters;
    }

    /** Environment variables of PostgreSQL's programs. */
    public Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("PGSSLMODE", mode.libpqName());
        if (verifies()) {
            environment.put("PGSSLROOTCERT", rootCertificate);
        }
        return environment;
    }
}
