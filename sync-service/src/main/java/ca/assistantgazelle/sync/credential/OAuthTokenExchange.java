package ca.assistantgazelle.sync.credential;

import ca.assistantgazelle.runtime.redaction.SecretRedaction;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.NamedLease;
import ca.assistantgazelle.runtime.sql.UninterruptibleCall;
import ca.assistantgazelle.sync.gazelle.GazelleException;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Provides a valid access token. Exchanges are serialised by a lock within this process and by a claim in the database
 * across processes; a new pair is stored before it is used.
 */
@Singleton
class OAuthTokenExchange {
    private static final Logger LOG = Logger.getLogger(OAuthTokenExchange.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    private static final Duration RENEWAL_RETRY_DELAY = Duration.ofMinutes(15);

    private final GazelleOAuthConfig config;
    private final GazelleTokenStore store;
    private final TokenEndpointClient endpoint;
    private final Clock clock;
    private final ReentrantLock exchangeLock = new ReentrantLock();
    private volatile OAuthTokenPair pair;
    private volatile GazelleException lastFailure;

    /** After a failed early renewal, the pair is used unchanged until this time. */
    private volatile Instant noRenewalBefore = Instant.EPOCH;

    OAuthTokenExchange(GazelleOAuthConfig config, GazelleTokenStore store, TokenEndpointClient endpoint, Clock clock) {
        this.config = config;
        this.store = store;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** An access token that is not about to expire. */
    String current() throws InterruptedException {
        var known = pair;
        return isAcceptable(known, null)
                ? known.accessToken()
                : pairOtherThan(null).accessToken();
    }

    /** An access token other than the rejected one. */
    String replacementFor(String refused) throws InterruptedException {
        return pairOtherThan(refused).accessToken();
    }

    private OAuthTokenPair pairOtherThan(String refused) throws InterruptedException {
        var before = lastFailure;
        exchangeLock.lockInterruptibly();
        try {
            if (isAcceptable(pair, refused)) {
                return pair;
            }
            if (lastFailure != before) {
                // The thread that held the lock meanwhile tried the same exchange.
                throw lastFailure;
            }
            pair = exchangeOrWait(refused);
            return pair;
        } catch (GazelleException e) {
            lastFailure = e;
            throw e;
        } finally {
            exchangeLock.unlock();
        }
    }

    private OAuthTokenPair exchangeOrWait(String refused) throws InterruptedException {
        var cipher = new GazelleTokenCipher(config.clientSecret().orElseThrow());
        var limit = System.nanoTime()
                + GazelleTokenStore.CLAIM_DURATION.multipliedBy(2).toNanos();
        while (System.nanoTime() < limit) {
            var stored = loadPair(cipher);
            if (isAcceptable(stored, refused)) {
                return stored;
            }
            var exchange = acquireExchange();
            if (exchange.isPresent()) {
                return exchangeTokens(cipher, refused, exchange.get());
            }
            Thread.sleep(POLL_INTERVAL);
        }
        throw busy("has held the exchange for two minutes");
    }

    private static GazelleException busy(String what) {
        return GazelleException.of(
                "GAZELLE_OAUTH_BUSY",
                true,
                "Another process that uses the same token " + what + ".",
                "Try again; if the error persists, check the other sync-service processes.",
                null);
    }

    // Completed even if the run is interrupted: the old refresh token is invalid once Gazelle has
    // responded, so the new pair must be stored.
    private OAuthTokenPair exchangeTokens(GazelleTokenCipher cipher, String refused, NamedLease exchange) {
        return UninterruptibleCall.execute("token exchange", () -> {
            // The previous holder of the lease may have stored another pair since the last read.
            var old = loadPair(cipher);
            if (isAcceptable(old, refused)) {
                store.release(exchange);
                return old;
            }
            OAuthTokenPair fresh;
            try {
                fresh = requestPair(old, exchange);
            } catch (GazelleException e) {
                return keepUntilExpiry(old, refused, e);
            }
            if (!store.save(config.clientId().orElseThrow(), encrypted(cipher, fresh, old), exchange)) {
                throw busy("took over the exchange");
            }
            LOG.infof("Renewed the access token (version %d), valid for %s", fresh.version(), fresh.lifetime());
            return fresh;
        });
    }

    // Renewal starts early to leave time for retries: no run fails while the old pair is valid.
    private OAuthTokenPair keepUntilExpiry(OAuthTokenPair old, String refused, GazelleException e) {
        var now = clock.instant();
        if (refused != null || !old.isValid(now)) {
            throw e;
        }
        noRenewalBefore = now.plus(RENEWAL_RETRY_DELAY);
        LOG.warnf("Failed to renew token %s (%s); using it until %s", old, e.getMessage(), old.expiresAt());
        return old;
    }

    private GazelleTokenStore.StoredTokens encrypted(
            GazelleTokenCipher cipher, OAuthTokenPair fresh, OAuthTokenPair old) {
        return new GazelleTokenStore.StoredTokens(
                cipher.encrypt(fresh.accessToken()),
                cipher.encrypt(fresh.refreshToken()),
                fresh,
                initialTokenHash(old));
    }

    private OAuthTokenPair requestPair(OAuthTokenPair old, NamedLease exchange) {
        try {
            return endpoint.exchange(old);
        } catch (RuntimeException e) {
            release(exchange, e);
            throw e;
        }
    }

    /** The stored pair, or the configured token if that is newer or nothing is stored. */
    private OAuthTokenPair loadPair(GazelleTokenCipher cipher) {
        try {
            return store.load(config.clientId().orElseThrow())
                    .filter(this::derivesFromConfiguredToken)
                    .map(stored -> decrypted(cipher, stored))
                    .orElseGet(this::configuredPair);
        } catch (GazelleException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    private Optional<NamedLease> acquireExchange() {
        try {
            return store.acquireExchange(config.clientId().orElseThrow());
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    private void release(NamedLease exchange, Exception first) {
        try {
            store.release(exchange);
        } catch (RuntimeException e) {
            // The lease expires after a minute; the error to report is that of the exchange.
            first.addSuppressed(e);
        }
    }

    private boolean isAcceptable(OAuthTokenPair candidate, String refused) {
        return candidate != null
                && isUsable(candidate, clock.instant())
                && !candidate.accessToken().equals(refused);
    }

    private boolean isUsable(OAuthTokenPair candidate, Instant now) {
        return candidate.isFresh(now) || (now.isBefore(noRenewalBefore) && candidate.isValid(now));
    }

    // After a new authorisation, the configured token replaces the stored pair.
    private boolean derivesFromConfiguredToken(GazelleTokenStore.StoredTokens stored) {
        return config.refreshToken()
                .map(token -> GazelleTokenCipher.hash(token).equals(stored.initialTokenHash()))
                .orElse(true);
    }

    private Buffer initialTokenHash(OAuthTokenPair pair) {
        return GazelleTokenCipher.hash(config.refreshToken().orElse(pair.refreshToken()));
    }

    private OAuthTokenPair configuredPair() {
        return config.refreshToken()
                .map(OAuthTokenPair::ofRefreshToken)
                .orElseThrow(() -> GazelleException.of(
                        "GAZELLE_TOKEN_MISSING",
                        false,
                        "No refresh token for Gazelle is stored or configured.",
                        "Authorise the application in Gazelle and set GAZELLE_OAUTH_REFRESH_TOKEN.",
                        null));
    }

    private OAuthTokenPair decrypted(GazelleTokenCipher cipher, GazelleTokenStore.StoredTokens stored) {
        try {
            return new OAuthTokenPair(
                    cipher.decrypt(stored.access()),
                    cipher.decrypt(stored.refresh()),
                    stored.metadata().expiresAt(),
                    stored.metadata().lifetime(),
                    stored.metadata().version());
        } catch (IllegalStateException sealedUnderAnotherSecret) {
            LOG.warn(
                    "Failed to decrypt the stored token pair: other client secret, or damaged data; using the configured refresh token");
            return configuredPair();
        }
    }

    private static GazelleException unreachable(RuntimeException e) {
        return GazelleException.of(
                "GAZELLE_TOKEN_STORE_UNREACHABLE",
                true,
                "Cannot reach the database that stores Gazelle's token: "
                        + SecretRedaction.redact(DatabaseRetry.describe(e)),
                "Check that PostgreSQL is running and that PGHOST, PGPORT and PGUSER are correct; the token itself is not lost.",
                e);
    }
}
