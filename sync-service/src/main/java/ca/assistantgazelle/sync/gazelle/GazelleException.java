package ca.assistantgazelle.sync.gazelle;

import ca.assistantgazelle.contract.event.RunError;
import java.time.Duration;

/** A request to Gazelle failed or its response is unusable; carries an error with a suggestion. */
public final class GazelleException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String PARTIAL_RESPONSE = "GAZELLE_ANSWER_PARTIAL";

    private final transient RunError error;
    private final transient Duration retryAfter;

    private GazelleException(RunError error, Duration retryAfter, Throwable cause) {
        super(error.message(), cause);
        this.error = error;
        this.retryAfter = retryAfter;
    }

    public RunError error() {
        return error;
    }

    /** The {@code Retry-After} of the response; zero if there is none. */
    Duration retryAfter() {
        return retryAfter;
    }

    static GazelleException unreachable(String url, Throwable cause) {
        return of(
                "GAZELLE_UNREACHABLE",
                true,
                "Cannot reach Gazelle at " + url + " (" + cause.getClass().getSimpleName() + ").",
                "Check that GAZELLE_API_URL is correct and reachable from this machine; Gazelle may be down.",
                cause);
    }

    /** @param kind name of the rejected credential */
    static GazelleException tokenRefused(String kind) {
        return of(
                "GAZELLE_TOKEN_REFUSED",
                false,
                "Gazelle rejected the " + kind + " (HTTP 401).",
                "Check in Gazelle that its user is active; create a new key for GAZELLE_API_KEY, or authorise the application again.",
                null);
    }

    static GazelleException httpStatus(int status, Duration retryAfter) {
        boolean temporary = status >= 500 || status == 429 || status == 425 || status == 408;
        return new GazelleException(
                new RunError(
                        "GAZELLE_HTTP_" + status,
                        temporary,
                        "Gazelle returned HTTP "
                                + status
                                + (retryAfter.isZero() ? "." : " with Retry-After " + retryAfter.toSeconds() + " s."),
                        temporary
                                ? "Gazelle is failing or overloaded; try again later."
                                : status == 403
                                        ? "Check in Gazelle that the key's user may read all records."
                                        : "Check that GAZELLE_API_URL is Gazelle's GraphQL endpoint."),
                retryAfter,
                null);
    }

    static GazelleException unreadable(Throwable cause) {
        return of(
                "GAZELLE_ANSWER_UNREADABLE",
                true,
                "Gazelle's response is not valid JSON (" + cause.getClass().getSimpleName() + ").",
                "The connection was cut, or a proxy responded in Gazelle's place; try again.",
                cause);
    }

    static GazelleException queryRefused(GraphQlQuery query, String message) {
        return of(
                "GAZELLE_QUERY_REFUSED",
                false,
                "Gazelle rejected the query " + query + ": " + message,
                "Gazelle's schema has changed, or the key lacks permissions; compare src/main/resources/gazelle with the schema.",
                null);
    }

    /** A server-side error of Gazelle, with or without partial data. */
    static GazelleException partialResponse(GraphQlQuery query, String message) {
        return of(
                PARTIAL_RESPONSE,
                true,
                "Gazelle responded to " + query + " with errors: " + message,
                "Gazelle fails on one of the records; try again, then report this message to Gazelle.",
                null);
    }

    /** The response lacks the requested list. */
    public static GazelleException missingList() {
        return of(
                "GAZELLE_ANSWER_INCOMPLETE",
                true,
                "Gazelle's response lacks the requested list.",
                "Gazelle may be failing, or the key lacks permissions; log in to Gazelle as the user of the key and check that the records are visible.",
                null);
    }

    /** The response announces a further page and does not say how to get it. */
    static GazelleException missingCursor() {
        return of(
                "GAZELLE_ANSWER_INCOMPLETE",
                true,
                "Gazelle announced a further page (hasNextPage is true) without its endCursor.",
                "Gazelle returns faulty pages; try again, then report this message to Gazelle.",
                null);
    }

    /** Gazelle failed to return more records than single faulty ones would explain. */
    public static GazelleException unreadable(String what, long unreadable, int total) {
        return of(
                PARTIAL_RESPONSE,
                true,
                "Gazelle failed to return " + unreadable + " of " + total + " " + what + ".",
                "Gazelle is failing; try again, then report this message to Gazelle.",
                null);
    }

    /** The pages contain more records than Gazelle's total. */
    static GazelleException endlessPaging(long read, int total) {
        return of(
                "GAZELLE_ANSWER_INCOMPLETE",
                true,
                "Gazelle's paging does not end: " + read + " records read, " + total + " expected.",
                "Gazelle returns faulty cursors; try again, then report this message to Gazelle.",
                null);
    }

    /** Whether only some records of the response failed. */
    boolean isPartial() {
        return error.errorClass().equals(PARTIAL_RESPONSE);
    }

    /**
     * @param walks number of passes over all pages
     * @param read records read in the last pass
     * @param total Gazelle's total in the last pass
     */
    public static GazelleException incomplete(String what, int walks, int read, int total) {
        return of(
                "GAZELLE_READ_INCOMPLETE",
                true,
                "Gazelle's "
                        + what
                        + " changed during each of "
                        + walks
                        + " passes, so that records may have been missed ("
                        + read
                        + " of "
                        + total
                        + " seen in the last pass).",
                "Try again when no bulk import or deletion is running in Gazelle.",
                null);
    }

    /** Any other error, for example of the credentials. */
    public static GazelleException of(
            String errorClass, boolean retryable, String message, String suggestion, Throwable cause) {
        return new GazelleException(new RunError(errorClass, retryable, message, suggestion), Duration.ZERO, cause);
    }
}
