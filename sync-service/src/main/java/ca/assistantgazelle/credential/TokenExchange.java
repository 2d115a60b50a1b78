package ca.assistantgazelle.credential;

import ca.assistantgazelle.gazelle.GazelleException;
import ca.assistantgazelle.redaction.Redaction;
import ca.assistantgazelle.sql.Patience;
import ca.assistantgazelle.sql.Uninterrupted;
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
 * Gives an access token that serves for a while. One exchange at a time, in this process by a lock
 * and among processes by a claim in the database; the new pair is stored before it is used.
 */
@Singleton
class TokenExchange {
  private static final Logger LOG = Logger.getLogger(TokenExchange.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration REST = Duration.ofMinutes(15);

  private final OAuthConfig config;
  private final TokenStore store;
  private final TokenEndpoint endpoint;
  private final Clock clock;
  private final ReentrantLock exchanging = new ReentrantLock();
  private volatile TokenPair pair;
  private volatile GazelleException lastFailure;

  /** Until then a pair that could not be renewed early is used as it is. */
  private volatile Instant renewalRests = Instant.EPOCH;

  TokenExchange(OAuthConfig config, TokenStore store, TokenEndpoint endpoint, Clock clock) {
    this.config = config;
    this.store = store;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /** An access token that is not about to expire. */
  String current() throws InterruptedException {
    var known = pair;
    return serves(known, null) ? known.accessToken() : otherThan(null).accessToken();
  }

  /** An access token that is not the refused one. */
  String insteadOf(String refused) throws InterruptedException {
    return otherThan(refused).accessToken();
  }

  private TokenPair otherThan(String refused) throws InterruptedException {
    var before = lastFailure;
    exchanging.lockInterruptibly();
    try {
      if (serves(pair, refused)) {
        return pair;
      }
      if (lastFailure != before) {
        // Whoever had the lock meanwhile asked for the same.
        throw lastFailure;
      }
      pair = exchanged(refused);
      return pair;
    } catch (GazelleException e) {
      lastFailure = e;
      throw e;
    } finally {
      exchanging.unlock();
    }
  }

  private TokenPair exchanged(String refused) throws InterruptedException {
    var seal = new TokenSeal(config.clientSecret().orElseThrow());
    var limit = System.nanoTime() + TokenStore.EXCHANGE.multipliedBy(2).toNanos();
    while (System.nanoTime() < limit) {
      var stored = stored(seal);
      if (serves(stored, refused)) {
        return stored;
      }
      var claim = claim(seal, stored);
      if (claim.isPresent()) {
        return exchangeClaimed(seal, refused, claim.get());
      }
      Thread.sleep(LOOK);
    }
    throw busy("has been exchanging it for too long");
  }

  private static GazelleException busy(String what) {
    return GazelleException.of(
        "GAZELLE_OAUTH_BUSY",
        true,
        "Another process shares the token and " + what + ".",
        "Try again; if it goes on, look at the other sync-service processes.",
        null);
  }

  // To its end also when the run is told to stop: an answer that nobody stores would leave a dead
  // refresh token behind.
  private TokenPair exchangeClaimed(TokenSeal seal, String refused, OffsetDateTime claim) {
    return Uninterrupted.call(
        "token exchange",
        () -> {
          // Whoever had the claim before may have stored another pair since it was last read.
          var old = stored(seal);
          if (serves(old, refused)) {
            store.release(config.clientId().orElseThrow());
            return old;
          }
          TokenPair fresh;
          try {
            fresh = askedFor(old);
          } catch (GazelleException e) {
            return stillServing(old, refused, e);
          }
          if (!store.save(config.clientId().orElseThrow(), sealed(seal, fresh, old), claim)) {
            throw busy("took the exchange over");
          }
          LOG.infof("token pair %d obtained, good for %s", fresh.version(), fresh.lifetime());
          return fresh;
        });
  }

  // Renewed early to have time for trying again: while the old one lives, no run fails for it.
  private TokenPair stillServing(TokenPair old, String refused, GazelleException e) {
    var now = clock.instant();
    if (refused != null || !old.isAlive(now)) {
      throw e;
    }
    renewalRests = now.plus(REST);
    LOG.warnf(
        "%s could not be renewed (%s); it serves until %s", old, e.getMessage(), old.expiresAt());
    return old;
  }

  private TokenStore.Stored sealed(TokenSeal seal, TokenPair fresh, TokenPair old) {
    return new TokenStore.Stored(
        seal.seal(fresh.accessToken()), seal.seal(fresh.refreshToken()), fresh, seed(old));
  }

  private TokenPair askedFor(TokenPair old) {
    try {
      return endpoint.exchange(old);
    } catch (RuntimeException e) {
      release(e);
      throw e;
    }
  }

  /** What is stored, or what was configured when that is newer or nothing can be read. */
  private TokenPair stored(TokenSeal seal) {
    try {
      return store
          .load(config.clientId().orElseThrow())
          .filter(this::descendsFromTheConfigured)
          .map(stored -> opened(seal, stored))
          .orElseGet(this::configured);
    } catch (GazelleException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
  }

  private Optional<OffsetDateTime> claim(TokenSeal seal, TokenPair stored) {
    try {
      return store.claim(
          config.clientId().orElseThrow(), seal.seal(stored.refreshToken()), seed(stored));
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
  }

  private void release(Exception first) {
    try {
      store.release(config.clientId().orElseThrow());
    } catch (RuntimeException e) {
      // The claim ends by itself after a minute; what to tell is why the exchange failed.
      first.addSuppressed(e);
    }
  }

  private boolean serves(TokenPair candidate, String refused) {
    return candidate != null
        && isUsable(candidate, clock.instant())
        && !candidate.accessToken().equals(refused);
  }

  private boolean isUsable(TokenPair candidate, Instant now) {
    return candidate.isFresh(now) || (now.isBefore(renewalRests) && candidate.isAlive(now));
  }

  // A person who authorised again changed the configuration: that is where the new pair starts.
  private boolean descendsFromTheConfigured(TokenStore.Stored stored) {
    return config
        .refreshToken()
        .map(token -> TokenSeal.fingerprint(token).equals(stored.seed()))
        .orElse(true);
  }

  private Buffer seed(TokenPair pair) {
    return TokenSeal.fingerprint(config.refreshToken().orElse(pair.refreshToken()));
  }

  private TokenPair configured() {
    return config
        .refreshToken()
        .map(TokenPair::seed)
        .orElseThrow(
            () ->
                GazelleException.of(
                    "GAZELLE_TOKEN_MISSING",
                    false,
                    "There is no refresh token for Gazelle, neither stored nor configured.",
                    "Authorise the application at Gazelle and set GAZELLE_OAUTH_REFRESH_TOKEN.",
                    null));
  }

  private TokenPair opened(TokenSeal seal, TokenStore.Stored stored) {
    try {
      return new TokenPair(
          seal.open(stored.access()),
          seal.open(stored.refresh()),
          stored.dates().expiresAt(),
          stored.dates().lifetime(),
          stored.dates().version());
    } catch (IllegalStateException sealedUnderAnotherSecret) {
      LOG.warn(
          "the stored token pair was sealed under another client secret or is damaged; using the configured refresh token");
      return configured();
    }
  }

  private static GazelleException unreachable(RuntimeException e) {
    return GazelleException.of(
        "GAZELLE_TOKEN_STORE_UNREACHABLE",
        true,
        "The database that holds Gazelle's token did not answer: "
            + Redaction.redact(Patience.reason(e)),
        "See that PostgreSQL runs and that PGHOST, PGPORT and PGUSER are right; the token itself is not lost.",
        e);
  }
}
