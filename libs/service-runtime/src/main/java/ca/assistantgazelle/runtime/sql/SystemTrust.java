package ca.assistantgazelle.runtime.sql;

import io.vertx.core.net.TrustOptions;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.TrustManagerFactory;

/** The certificate authorities that the JVM trusts. */
final class SystemTrust {
    private SystemTrust() {}

    static TrustOptions options() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return TrustOptions.wrap((javax.net.ssl.X509TrustManager) factory.getTrustManagers()[0]);
        } catch (NoSuchAlgorithmException | KeyStoreException e) {
            throw new IllegalStateException("the JVM has no certificate authorities", e);
        }
    }
}
