package ca.assistantgazelle.emulators.gazelle;

/** A fault that the emulator can simulate. */
public enum GazelleFault {
    /** HTTP 401, as for a bad or expired token. */
    UNAUTHORIZED,
    /** HTTP 429 with {@code Retry-After}. */
    TOO_MANY_REQUESTS,
    /** HTTP 500 with an HTML body. */
    SERVER_ERROR,
    /** HTTP 502 with an HTML body. */
    BAD_GATEWAY,
    /** A correct response, delayed. */
    SLOW,
    /** No response; the connection is closed after a minute. */
    SILENT,
    /** A correct response, sent at one byte per 100 ms. */
    DRIPPING,
    /** HTTP 200 with the first half of the JSON. */
    TRUNCATED,
    /** The connection is closed in the middle of the response. */
    DISCONNECTED,
    /** HTTP 200 with data and {@code errors}: a server bug while resolving a field. */
    PARTIAL_WITH_ERRORS,
    /** HTTP 200 with {@code errors} and no data: a server bug before any field is resolved. */
    SERVER_BUG,
    /** The first record of the first list is null, which the schema allows. */
    NULL_RECORD,
    /** Every page has a next page, so that pagination alternates between two cursors forever. */
    CIRCLING_PAGES,
    /** A record is inserted before the requested page, so that the page repeats a record. */
    ROWS_INSERTED,
    /** A record is deleted before the requested page, so that the page skips a record. */
    ROWS_DELETED,
    /** Every fifth record of the listing is missing. */
    EVENTS_MISSING,
    /** The first record has a type or status that is not in the schema. */
    UNKNOWN_ENUM,
    /** Every record has an additional field that was not requested. */
    UNKNOWN_FIELDS;

    /** Whether the fault changes the records rather than the response. */
    boolean affectsData() {
        return this == ROWS_INSERTED || this == ROWS_DELETED || this == EVENTS_MISSING;
    }
}
