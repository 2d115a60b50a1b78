package ca.assistantgazelle.sync.credential;

import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Stores the encrypted token pair that all processes share. */
@Singleton
class TokenStore {
  /** Longer than an exchange can take: connect timeout plus response timeout. */
  static final Duration CLAIM_DURATION = Duration.ofSeconds(60);

  /**
   * @param initialTokenHash hash of the configured refresh token from which the pair was obtained
   */
  record StoredTokens(Buffer access, Buffer refresh, TokenPair metadata, Buffer initialTokenHash) {}

  private final Database database;
  private final DatabaseRetry databaseRetry;

  TokenStore(Database database, DatabaseRetry databaseRetry) {
    this.database = database;
    this.databaseRetry = databaseRetry;
  }

  Optional<StoredTokens> load(String clientId) {
    return database.first(
        """
        select access_token, refresh_token, expires_at, lifetime_seconds, version, seed
        from automation.gazelle_token where client_id = $1
        """,
        TokenStore::toStoredTokens,
        clientId);
  }

  /**
   * Claims the exclusive right to exchange the pair for a minute.
   *
   * @return expiry of the claim, which identifies it; empty if another process holds it
   */
  Optional<OffsetDateTime> claim(String clientId, Buffer refreshToken, Buffer seed) {
    return database.first(
        """
        insert into automation.gazelle_token as t (client_id, refresh_token, seed, version, refreshing_until)
        values ($1, $2, $3, 0, clock_timestamp() + make_interval(secs => $4))
        on conflict (client_id) do update
        set refreshing_until = clock_timestamp() + make_interval(secs => $4)
        where t.refreshing_until is null or t.refreshing_until < clock_timestamp()
        returning refreshing_until
        """,
        row -> row.getOffsetDateTime(0),
        clientId,
        refreshToken,
        seed,
        (double) CLAIM_DURATION.toSeconds());
  }

  /** Releases the claim. */
  void release(String clientId) {
    database.update(
        "update automation.gazelle_token set refreshing_until = null where client_id = $1",
        clientId);
  }

  /**
   * Stores a new pair and releases the claim. Waits for the database without a limit, as the old
   * refresh token may no longer be valid.
   *
   * @return false, without storing anything, if another process has taken over the claim
   */
  boolean save(String clientId, StoredTokens pair, OffsetDateTime claim) {
    return databaseRetry.untilAvailable(
        "the new token pair",
        () ->
            database.update(
                    """
                update automation.gazelle_token
                set access_token = $2, refresh_token = $3, expires_at = $4, lifetime_seconds = $5, version = $6, seed = $7,
                  obtained_at = now(), refreshing_until = null
                where client_id = $1 and refreshing_until = $8
                """,
                    clientId,
                    pair.access(),
                    pair.refresh(),
                    pair.metadata().expiresAt() == null
                        ? null
                        : pair.metadata().expiresAt().atOffset(ZoneOffset.UTC),
                    pair.metadata().lifetime() == null
                        ? null
                        : pair.metadata().lifetime().toSeconds(),
                    pair.metadata().version(),
                    pair.initialTokenHash(),
                    claim)
                == 1);
  }

  private static StoredTokens toStoredTokens(Row row) {
    OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
    Long lifetime = row.getLong("lifetime_seconds");
    return new StoredTokens(
        bytes(row, "access_token"),
        bytes(row, "refresh_token"),
        new TokenPair(
            null,
            null,
            expiresAt == null ? null : expiresAt.toInstant(),
            lifetime == null ? null : Duration.ofSeconds(lifetime),
            row.getLong("version")),
        bytes(row, "seed"));
  }

  private static Buffer bytes(Row row, String column) {
    return (Buffer) row.getValue(column);
  }
}
