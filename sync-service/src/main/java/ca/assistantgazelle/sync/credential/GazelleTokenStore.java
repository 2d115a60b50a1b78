package ca.assistantgazelle.sync.credential;

import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.NamedLease;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Stores the encrypted token pair that all processes share. */
@Singleton
class GazelleTokenStore {
    /** Longer than an exchange can take: connect timeout plus response timeout. */
    static final Duration CLAIM_DURATION = Duration.ofSeconds(60);

    /** @param initialTokenHash hash of the configured refresh token from which the pair was obtained */
    record StoredTokens(Buffer access, Buffer refresh, OAuthTokenPair metadata, Buffer initialTokenHash) {}

    private final Database database;
    private final DatabaseRetry databaseRetry;

    GazelleTokenStore(Database database, DatabaseRetry databaseRetry) {
        this.database = database;
        this.databaseRetry = databaseRetry;
    }

    Optional<StoredTokens> load(String clientId) {
        return database.first("""
                select access_token, refresh_token, expires_at, lifetime_seconds, version, initial_refresh_token_hash
                from automation.gazelle_token where client_id = $1
                """, GazelleTokenStore::toStoredTokens, clientId);
    }

    /** The exclusive right to exchange the application's tokens, not acquired yet. */
    private static NamedLease exchangeLease(String clientId, String holder) {
        return new NamedLease("gazelle token of " + clientId, holder, null);
    }

    /**
     * Acquires the exclusive right to exchange the tokens for a minute.
     *
     * @return empty when another process has it
     */
    Optional<NamedLease> acquireExchange(String clientId) {
        var lease = exchangeLease(clientId, UUID.randomUUID().toString());
        return lease.acquire(database, CLAIM_DURATION) ? Optional.of(lease) : Optional.empty();
    }

    void release(NamedLease exchange) {
        exchange.release(database);
    }

    /**
     * Stores new tokens and releases the right to exchange them, which another process may have taken over meanwhile: a
     * pair is always newer than the one it was obtained from, whose refresh token is no longer valid. Waits for the
     * database without a limit.
     *
     * @return false, without storing anything, if another process has taken over the exchange and a pair of the same or
     *     a later version is stored
     */
    boolean save(String clientId, StoredTokens tokens, NamedLease exchange) {
        return databaseRetry.untilAvailable(
                "storing new tokens",
                () -> database.inTransaction(transaction -> {
                    boolean held = exchange.release(transaction);
                    return upsert(transaction, clientId, tokens, held) > 0;
                }));
    }

    private static int upsert(SqlQueries transaction, String clientId, StoredTokens tokens, boolean held) {
        var lifetime = tokens.metadata().lifetime();
        return transaction.update(
                """
        insert into automation.gazelle_token as stored (client_id, access_token, refresh_token, expires_at, lifetime_seconds, version,
          initial_refresh_token_hash)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (client_id) do update
        set access_token = excluded.access_token, refresh_token = excluded.refresh_token, expires_at = excluded.expires_at,
          lifetime_seconds = excluded.lifetime_seconds, version = excluded.version,
          initial_refresh_token_hash = excluded.initial_refresh_token_hash, obtained_at = now()
        where $8 or excluded.version > stored.version or excluded.initial_refresh_token_hash <> stored.initial_refresh_token_hash
        """,
                clientId,
                tokens.access(),
                tokens.refresh(),
                tokens.metadata().expiresAt(),
                lifetime == null ? null : lifetime.toSeconds(),
                tokens.metadata().version(),
                tokens.initialTokenHash(),
                held);
    }

    private static StoredTokens toStoredTokens(Row row) {
        Long lifetime = row.getLong("lifetime_seconds");
        return new StoredTokens(
                bytes(row, "access_token"),
                bytes(row, "refresh_token"),
                new OAuthTokenPair(
                        null,
                        null,
                        SqlQueries.instant(row, "expires_at"),
                        lifetime == null ? null : Duration.ofSeconds(lifetime),
                        row.getLong("version")),
                bytes(row, "initial_refresh_token_hash"));
    }

    private static Buffer bytes(Row row, String column) {
        return (Buffer) row.getValue(column);
    }
}
