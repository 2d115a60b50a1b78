package ca.assistantgazelle.sync.credential;

import ca.assistantgazelle.runtime.redaction.Redaction;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.UninterruptibleCall;
import ca.assistantgazelle.sync.gazelle.GazelleException;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Provides a valid access token. Exchanges are serialised by a lock within this process and by a
 * claim in the database across processes; a new pair is stored before it is used.
 */
@Singleton
class TokenExchange {
  private static final Logger LOG = Logger.getLogger(TokenExchange.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
  private static final Duration RENEWAL_RETRY_DELAY = Duration.ofMinutes(15);

  private final GazelleOAuthConfig config;
  private final TokenStore store;
  private final TokenEndpointClient endpoint;
  private final Clock clock;
  private final ReentrantLock exchangeLock = new ReentrantLock();
  private volatile TokenPair pair;
  private volatile GazelleException lastFailure;

  /** After a failed early renewal, the pair is used unchanged until this time. */
  private volatile Instant noRenewalBefore = Instant.EPOCH;

  TokenExchange(
      GazelleOAuthConfig config, TokenStore store, TokenEndpointClient endpoint, Clock clock) {
    this.config = config;
    this.store = store;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /** An access token that is not about to expire. */
  String current() throws InterruptedException {
    var known = pair;
    return isAcceptable(known, null) ? known.accessToken() : pairOtherThan(null).accessToken();
  }

  /** An access token other than the rejected one. */
  String replacementFor(String refused) throws InterruptedException {
    return pairOtherThan(refused).accessToken();
  }

  private TokenPair pairOtherThan(String refused) throws InterruptedException {
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

  private TokenPair exchangeOrWait(String refused) throws InterruptedException {
    var seal = new TokenCipher(config.clientSecret().orElseThrow());
    var limit = System.nanoTime() + TokenStore.CLAIM_DURATION.multipliedBy(2).toNanos();
    while (System.nanoTime() < limit) {
      var stored = loadPair(seal);
      if (isAcceptable(stored, refused)) {
        return stored;
      }
      var claim = claim(seal, stored);
      if (claim.isPresent()) {
        return exchangeClaimed(seal, refused, claim.get());
      }
      Thread.sleep(POLL_INTERVAL);
    }
    throw busy("has been exchanging it for too long");
  }

  private static GazelleException busy(String what) {
    return GazelleException.of(
        "GAZELLE_OAUTH_BUSY",
        true,
        "Another process shares the token and " + what + ".",
        "Try again; if the error persists, check the other sync-service processes.",
        null);
  }

  // Completed even if the run is interrupted: the old refresh token is invalid once Gazelle has
  // responded, so the new pair must be stored.
  private TokenPair exchangeClaimed(TokenCipher seal, String refused, OffsetDateTime claim) {
    return UninterruptibleCall.execute(
        "token exchange",
        () -> {
          // The previous holder of the claim may have stored another pair since the last read.
          var old = loadPair(seal);
          if (isAcceptable(old, refused)) {
            store.release(config.clientId().orElseThrow());
            return old;
          }
          TokenPair fresh;
          try {
            fresh = requestPair(old);
          } catch (GazelleException e) {
            return keepUntilExpiry(old, refused, e);
          }
          if (!store.save(config.clientId().orElseThrow(), encrypted(seal, fresh, old), claim)) {
            throw busy("took over the exchange");
          }
          LOG.infof("obtained token pair %d, valid for %s", fresh.version(), fresh.lifetime());
          return fresh;
        });
  }

  // Renewal starts early to leave time for retries: no run fails while the old pair is valid.
  private TokenPair keepUntilExpiry(TokenPair old, String refused, GazelleException e) {
    var now = clock.instant();
    if (refused != null || !old.isValid(now)) {
      throw e;
    }
    noRenewalBefore = now.plus(RENEWAL_RETRY_DELAY);
    LOG.warnf(
        "Failed to renew token %s (%s); using it until %s", old, e.getMessage(), old.expiresAt());
    return old;
  }

  private TokenStore.StoredTokens encrypted(TokenCipher seal, TokenPair fresh, TokenPair old) {
    return new TokenStore.StoredTokens(
        seal.encrypt(fresh.accessToken()),
        seal.encrypt(fresh.refreshToken()),
        fresh,
        initialTokenHash(old));
  }

  private TokenPair requestPair(TokenPair old) {
    try {
      return endpoint.exchange(old);
    } catch (RuntimeException e) {
      release(e);
      throw e;
    }
  }

  /** The stored pair, or the configured token if that is newer or nothing is stored. */
  private TokenPair loadPair(TokenCipher seal) {
    try {
      return store
          .load(config.clientId().orElseThrow())
          .filter(this::derivesFromConfiguredToken)
          .map(stored -> decrypted(seal, stored))
          .orElseGet(this::configuredPair);
    } catch (GazelleException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
  }

  private Optional<OffsetDateTime> claim(TokenCipher seal, TokenPair stored) {
    try {
      return store.claim(
          config.clientId().orElseThrow(),
          seal.encrypt(stored.refreshToken()),
          initialTokenHash(stored));
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
  }

  private void release(Exception first) {
    try {
      store.release(config.clientId().orElseThrow());
    } catch (RuntimeException e) {
      // The claim expires after a minute; the error to report is that of the exchange.
      first.addSuppressed(e);
    }
  }

  private boolean isAcceptable(TokenPair candidate, String refused) {
    return candidate != null
        && isUsable(candidate, clock.instant())
        && !candidate.accessToken().equals(refused);
  }

  private boolean isUsable(TokenPair candidate, Instant now) {
    return candidate.isFresh(now) || (now.isBefore(noRenewalBefore) && candidate.isValid(now));
  }

  // After a new authorisation, the configured token replaces the stored pair.
  private boolean derivesFromConfiguredToken(TokenStore.StoredTokens stored) {
    return config
        .refreshToken()
        .map(token -> TokenCipher.hash(token).equals(stored.initialTokenHash()))
        .orElse(true);
  }

  private Buffer initialTokenHash(TokenPair pair) {
    return TokenCipher.hash(config.refreshToken().orElse(pair.refreshToken()));
  }

  private TokenPair configuredPair() {
    return config
        .refreshToken()
        .map(TokenPair::ofRefreshToken)
        .orElseThrow(
            () ->
                GazelleException.of(
                    "GAZELLE_TOKEN_MISSING",
                    false,
                    "No refresh token for Gazelle is stored or configured.",
                    "Authorise the application in Gazelle and set GAZELLE_OAUTH_REFRESH_TOKEN.",
                    null));
  }

  private TokenPair decrypted(TokenCipher seal, TokenStore.StoredTokens stored) {
    try {
      return new TokenPair(
          seal.decrypt(stored.access()),
          seal.decrypt(stored.refresh()),
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
            + Redaction.redact(DatabaseRetry.describe(e)),
        "Check that PostgreSQL is running and that PGHOST, PGPORT and PGUSER are correct; the token itself is not lost.",
        e);
  }
}
