package ca.assistantgazelle.runtime.sql;

import ca.assistantgazelle.database.DatabaseTls;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.HashMap;

/** Options of the reactive client that hold for the pool and for LISTEN alike. */
final class PostgresClientOptions {
    private PostgresClientOptions() {}

    static void apply(DatabaseTls tls, PgConnectOptions options) {
        // The client's default, needed before PostgreSQL 12 only; PgBouncer refuses it as a start-up parameter.
        var parameters = new HashMap<>(options.getProperties());
        parameters.remove("extra_float_digits");
        options.setProperties(parameters);
        applyTls(tls, options);
    }

    private static void applyTls(DatabaseTls tls, PgConnectOptions options) {
        options.setSslMode(SslMode.of(tls.mode().libpqName()));
        if (!tls.verifies()) {
            // Like libpq, which encrypts in these modes without verifying anything.
            options.setTrustAll(true);
        } else if (!tls.rootCertificate().equals(DatabaseTls.SYSTEM)) {
            options.setPemTrustOptions(new PemTrustOptions().addCertPath(tls.rootCertificate()));
        } else {
            options.setTrustOptions(SystemTrust.options());
        }
        options.setHostnameVerificationAlgorithm(tls.mode() == DatabaseTls.TlsMode.VERIFY_FULL ? "HTTPS" : "");
    }
}
