package ca.assistantgazelle.credential;

import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.sql.Patience;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Keeps the application's pair of tokens, sealed, for all processes. */
@Singleton
class TokenStore {
  /** Longer than an exchange may last: the connection's time limit and the answer's. */
  static final Duration EXCHANGE = Duration.ofSeconds(60);

  /**
   * @param seed fingerprint of the configured token that the pair descends from
   */
  record Stored(Buffer access, Buffer refresh, TokenPair dates, Buffer seed) {}

  private final Database database;
  private final Patience patience;

  TokenStore(Database database, Patience patience) {
    this.database = database;
    this.patience = patience;
  }

  Optional<Stored> load(String clientId) {
    return database.first(
        """
        select access_token, refresh_token, expires_at, lifetime_seconds, version, seed
        from automation.gazelle_token where client_id = $1
        """,
        TokenStore::stored,
        clientId);
  }

  /**
   * Lets this process exchange the pair, for a minute; nobody else does meanwhile.
   *
   * @return until when, which names the claim; empty when somebody else has it
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
        (double) EXCHANGE.toSeconds());
  }

  /** Lets others try. */
  void release(String clientId) {
    database.update(
        "update automation.gazelle_token set refreshing_until = null where client_id = $1",
        clientId);
  }

  /**
   * Stores a new pair and ends the claim. The old refresh token may be worth nothing any more, so
   * this waits for the database however long it is away.
   *
   * @return false, storing nothing, when the claim has gone to another process meanwhile
   */
  boolean save(String clientId, Stored pair, OffsetDateTime claim) {
    return patience.until(
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
                    pair.dates().expiresAt() == null
                        ? null
                        : pair.dates().expiresAt().atOffset(ZoneOffset.UTC),
                    pair.dates().lifetime() == null ? null : pair.dates().lifetime().toSeconds(),
                    pair.dates().version(),
                    pair.seed(),
                    claim)
                == 1);
  }

  private static Stored stored(Row row) {
    OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
    Long lifetime = row.getLong("lifetime_seconds");
    return new Stored(
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
