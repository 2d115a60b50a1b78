package ca.assistantgazelle.peers.gazelle;

/** What the emulator can be told to do wrong. Source: reference/gazelle.md §15. */
public enum Fault {
  /** HTTP 401, as for a bad or expired token. */
  UNAUTHORIZED,
  /** HTTP 429 with {@code Retry-After}. */
  TOO_MANY_REQUESTS,
  /** HTTP 500 with an HTML body. */
  SERVER_ERROR,
  /** HTTP 502 with an HTML body. */
  BAD_GATEWAY,
  /** A good answer, later than usual. */
  SLOW,
  /** No answer within a minute. */
  SILENT,
  /** A good answer, of which a byte comes every tenth of a second. */
  DRIPPING,
  /** HTTP 200 with the first half of the JSON. */
  TRUNCATED,
  /** The connection is closed in the middle of the answer. */
  DISCONNECTED,
  /** Data together with {@code errors}: a bug of the server on the way. */
  PARTIAL_WITH_ERRORS,
  /** HTTP 200 with {@code errors} and nothing else: a bug of the server before it read anything. */
  SERVER_BUG,
  /** The first record of each list is null, which the schema allows. */
  NULL_RECORD,
  /** Every page says that another one follows, and names one of two in turn. */
  CIRCLING_PAGES,
  /** A record appears in front of the page that is asked for, so that it repeats one. */
  ROWS_INSERTED,
  /** A record goes away in front of the page that is asked for, so that it misses one. */
  ROWS_DELETED,
  /** Every fifth event is not there. */
  EVENTS_MISSING,
  /** The first record has a type or status that the schema does not know. */
  UNKNOWN_ENUM,
  /** Every record has fields that nobody asked for. */
  UNKNOWN_FIELDS;

  /** Whether the data itself is touched, rather than its transport. */
  boolean concernsData() {
    return this == ROWS_INSERTED || this == ROWS_DELETED || this == EVENTS_MISSING;
  }
}
