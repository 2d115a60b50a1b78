package ca.assistantgazelle.runtime.sql;

import ca.assistantgazelle.database.DatabaseTls;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;

/** Applies {@link DatabaseTls} to the options of the reactive client. */
final class TlsConnectionOptions {
    private TlsConnectionOptions() {}

    static void apply(DatabaseTls tls, PgConnectOptions options) {
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
