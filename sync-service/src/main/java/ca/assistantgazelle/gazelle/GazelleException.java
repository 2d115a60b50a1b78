package ca.assistantgazelle.gazelle;

import ca.assistantgazelle.event.RunError;

/** Gazelle could not be asked, or did not answer as it should; says what to do. */
public final class GazelleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient RunError error;

  GazelleException(RunError error, Throwable cause) {
    super(error.message(), cause);
    this.error = error;
  }

  public RunError error() {
    return error;
  }

  static GazelleException noKey() {
    return of(
        "GAZELLE_KEY_MISSING",
        false,
        "There is no key for Gazelle.",
        "Set GAZELLE_API_KEY to the API key of a Gazelle user.",
        null);
  }

  static GazelleException unreachable(String url, Throwable cause) {
    return of(
        "GAZELLE_UNREACHABLE",
        true,
        "Gazelle did not answer at " + url + " (" + cause.getClass().getSimpleName() + ").",
        "See that GAZELLE_API_URL is right and that this machine reaches it; Gazelle may be down.",
        cause);
  }

  static GazelleException keyRefused() {
    return of(
        "GAZELLE_TOKEN_REFUSED",
        false,
        "Gazelle refused the API key (HTTP 401).",
        "Make a new key in Gazelle and set GAZELLE_API_KEY to it.",
        null);
  }

  static GazelleException status(int status) {
    boolean temporary = status >= 500 || status == 429;
    return of(
        "GAZELLE_HTTP_" + status,
        temporary,
        "Gazelle answered HTTP " + status + ".",
        temporary
            ? "Gazelle has a problem or is busy; try again later."
            : "See that GAZELLE_API_URL is Gazelle's GraphQL endpoint.",
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

  /** Gazelle answered without the list that was asked for. */
  public static GazelleException noList() {
    return of(
        "GAZELLE_ANSWER_INCOMPLETE",
        true,
        "Gazelle's answer lacks the list that was asked for.",
        "Gazelle may have a problem, or the key lacks rights; look in Gazelle with the key's user.",
        null);
  }

  public static GazelleException incomplete(String what, int read, int total) {
    return of(
        "GAZELLE_READ_INCOMPLETE",
        true,
        "Gazelle says it has " + total + " " + what + " but gave " + read + ", twice.",
        "Rows came or went while they were read; try again.",
        null);
  }

  private static GazelleException of(
      String errorClass, boolean retryable, String message, String suggestion, Throwable cause) {
    return new GazelleException(new RunError(errorClass, retryable, message, suggestion), cause);
  }
}
