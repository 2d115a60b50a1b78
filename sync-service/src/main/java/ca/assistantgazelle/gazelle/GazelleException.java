package ca.assistantgazelle.gazelle;

import ca.assistantgazelle.event.RunError;
import java.time.Duration;

/** Gazelle could not be asked, or did not answer as it should; says what to do. */
public final class GazelleException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String PARTIAL = "GAZELLE_ANSWER_PARTIAL";

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

  /** How long Gazelle asks to be left alone; zero when it does not. */
  Duration retryAfter() {
    return retryAfter;
  }

  static GazelleException unreachable(String url, Throwable cause) {
    return of(
        "GAZELLE_UNREACHABLE",
        true,
        "Gazelle did not answer at " + url + " (" + cause.getClass().getSimpleName() + ").",
        "See that GAZELLE_API_URL is right and that this machine reaches it; Gazelle may be down.",
        cause);
  }

  /**
   * @param kind what was refused, in words
   */
  static GazelleException tokenRefused(String kind) {
    return of(
        "GAZELLE_TOKEN_REFUSED",
        false,
        "Gazelle refused the " + kind + " (HTTP 401).",
        "See in Gazelle that its user is active; make a new key for GAZELLE_API_KEY, or authorise the application again.",
        null);
  }

  static GazelleException status(int status, Duration retryAfter) {
    boolean temporary = status >= 500 || status == 429 || status == 425 || status == 408;
    return new GazelleException(
        new RunError(
            "GAZELLE_HTTP_" + status,
            temporary,
            "Gazelle answered HTTP "
                + status
                + (retryAfter.isZero()
                    ? "."
                    : " and asks to wait " + retryAfter.toSeconds() + " s."),
            temporary
                ? "Gazelle has a problem or is busy; try again later."
                : status == 403
                    ? "See in Gazelle that the key's user may read all records."
                    : "See that GAZELLE_API_URL is Gazelle's GraphQL endpoint."),
        retryAfter,
        null);
  }

  static GazelleException unreadable(Throwable cause) {
    return of(
        "GAZELLE_ANSWER_UNREADABLE",
        true,
        "Gazelle's answer was not complete JSON (" + cause.getClass().getSimpleName() + ").",
        "The connection was cut, or something between here and Gazelle answered in its place; try again.",
        cause);
  }

  static GazelleException queryRefused(Query query, String message) {
    return of(
        "GAZELLE_QUERY_REFUSED",
        false,
        "Gazelle refused the query " + query + ": " + message,
        "Gazelle's schema has changed, or the key lacks rights; compare src/main/resources/gazelle with the schema.",
        null);
  }

  /** An error of Gazelle's own, with or without half of the data. */
  static GazelleException partial(Query query, String message) {
    return of(
        PARTIAL,
        true,
        "Gazelle answered " + query + " with errors: " + message,
        "Gazelle has a problem with one of the records; try again, then ask Gazelle with this message.",
        null);
  }

  /** Gazelle answered without the list that was asked for. */
  public static GazelleException noList() {
    return of(
        "GAZELLE_ANSWER_INCOMPLETE",
        true,
        "Gazelle's answer lacks the list that was asked for.",
        "Gazelle may have a problem, or the key lacks rights; look in Gazelle with the key's user.",
        null);
  }

  /** Too many records that Gazelle fails at: the fault is not theirs. */
  public static GazelleException unreadable(String what, long unreadable, int total) {
    return of(
        PARTIAL,
        true,
        "Gazelle does not give " + unreadable + " of its " + total + " " + what + ".",
        "Gazelle has a problem; try again, then ask Gazelle with this message.",
        null);
  }

  /** Pages that go on beyond everything there is. */
  static GazelleException endless(long read, int total) {
    return of(
        "GAZELLE_ANSWER_INCOMPLETE",
        true,
        "Gazelle's pages do not end: " + read + " records were read of " + total + ".",
        "Gazelle has a problem with its cursors; try again, then ask Gazelle with this message.",
        null);
  }

  /** Whether Gazelle failed at records of the answer rather than at the whole of it. */
  boolean isPartial() {
    return error.errorClass().equals(PARTIAL);
  }

  /**
   * @param walks how often all pages were read
   * @param read in the last of them, and what Gazelle then said there is in all
   */
  public static GazelleException incomplete(String what, int walks, int read, int total) {
    return of(
        "GAZELLE_READ_INCOMPLETE",
        true,
        "Gazelle's "
            + what
            + " changed during each of "
            + walks
            + " readings, so that some may have been missed ("
            + read
            + " of "
            + total
            + " seen in the last one).",
        "Try again when nobody imports or deletes many records at Gazelle.",
        null);
  }

  /** What the credentials could not do. */
  public static GazelleException of(
      String errorClass, boolean retryable, String message, String suggestion, Throwable cause) {
    return new GazelleException(
        new RunError(errorClass, retryable, message, suggestion), Duration.ZERO, cause);
  }
}
