package ca.assistantgazelle.emulators.google;

/** A fault that the emulator can simulate. */
public enum GoogleFault {
    /** 429, as if the quota were exhausted. */
    TOO_MANY_REQUESTS,
    SERVER_ERROR,
    UNAVAILABLE,
    /** 401, as for an expired access token. */
    UNAUTHORIZED,
    FORBIDDEN,
    /** The connection is closed before the request is processed. */
    LOST_REQUEST,
    /** 200, but the write is not applied. No known server does this; the report must detect it. */
    IGNORED,
    /** The request is processed, but the connection is closed without a response. */
    LOST_ANSWER,
    /** 403 from Drive: service accounts have no storage quota. */
    STORAGE_QUOTA,
    /** Drive stores half of a chunk and reports the received range. */
    HALF_TAKEN,
    /** 404 from Drive: the upload session has expired. */
    SESSION_GONE
}
