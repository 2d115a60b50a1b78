package ca.assistantgazelle.peers.google;

/** What can go wrong with a call. */
public enum SheetFault {
  /** 429, as when the quota is used up. */
  TOO_MANY_REQUESTS,
  SERVER_ERROR,
  UNAVAILABLE,
  /** 401, as with an expired access token. */
  UNAUTHORIZED,
  FORBIDDEN,
  /** The connection breaks before anything was done. */
  LOST_REQUEST,
  /** 200, and nothing was done: no known server does that, and a report must notice it. */
  IGNORED,
  /** Everything was done, but the answer never arrives. */
  LOST_ANSWER,
  /** 403 of Drive: a service account owns no room of its own. */
  STORAGE_QUOTA,
  /** Drive takes half of a chunk, and says how far it got. */
  HALF_TAKEN,
  /** Drive forgot the upload. */
  SESSION_GONE
}
