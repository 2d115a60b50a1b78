package ca.assistantgazelle.peers.gazelle;

/** What the emulator can be told to do wrong. */
public enum Fault {
  /** HTTP 401, as for a bad or expired token. */
  UNAUTHORIZED,
  /** HTTP 502 with an HTML body. */
  BAD_GATEWAY,
  /** HTTP 200 with the first half of the JSON. */
  TRUNCATED,
  /** The connection is closed in the middle of the answer. */
  DISCONNECTED,
  /** Data together with {@code errors}. */
  PARTIAL_WITH_ERRORS,
  /** No answer within a minute. */
  SILENT
}
