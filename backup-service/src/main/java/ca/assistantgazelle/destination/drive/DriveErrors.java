package ca.assistantgazelle.destination.drive;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells Drive's refusals apart, so that each says what to do next. */
final class DriveErrors {
  private static final Set<String> PASSING =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded");
  private static final Pattern REASON = Pattern.compile("\"reason\"\\s*:\\s*\"(\\w+)\"");
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int LONGEST = 4_000;

  private DriveErrors() {}

  /** To an upload under way: an answer that is no success. */
  static IOException upload(String place, HttpResponse answer) throws IOException {
    if (answer.getStatusCode() == NOT_FOUND || answer.getStatusCode() == GONE) {
      return new BackupException(
          Cause.STORE_SESSION,
          place + " has forgotten the upload (" + answer.getStatusCode() + ").",
          "The next backup begins a new one; nothing is visible of this one.");
    }
    var words = answer.getContent() == null ? "" : answer.parseAsString();
    return new HttpResponseException.Builder(
            answer.getStatusCode(), answer.getStatusMessage(), answer.getHeaders())
        .setContent(words.length() > LONGEST ? words.substring(0, LONGEST) : words)
        .build();
  }

  static boolean mayPass(IOException failure) {
    if (failure instanceof HttpResponseException answer) {
      int status = answer.getStatusCode();
      return status == 408
          || status == 429
          || status >= 500
          || (status == 403 && PASSING.contains(reason(answer)));
    }
    return !isAboutTheToken(failure) && !(failure instanceof BackupException);
  }

  static BackupException named(String place, IOException failure) {
    if (failure instanceof BackupException known) {
      return known;
    }
    if (failure instanceof HttpResponseException answer) {
      return answered(place, answer);
    }
    if (isAboutTheToken(failure)) {
      return token(place, failure);
    }
    return new BackupException(
        Cause.STORE_TRANSIENT,
        place + " did not answer: " + failure.getClass().getSimpleName(),
        "See that this machine reaches www.googleapis.com; the next backup tries anew.",
        failure);
  }

  private static BackupException answered(String place, HttpResponseException answer) {
    int status = answer.getStatusCode();
    var reason = reason(answer);
    if (reason.toLowerCase(Locale.ROOT).contains("storagequota")) {
      return new BackupException(
          Cause.STORE_QUOTA,
          place + " has no room: " + reason + ".",
          "A service account owns no storage: use a folder of a Shared Drive, or a user's OAuth authorisation; or make room there.",
          answer);
    }
    if (status == NOT_FOUND || status == GONE) {
      return missing(place, answer);
    }
    if (status == 401 || status == 403) {
      return new BackupException(
          Cause.STORE_AUTH,
          place + " refuses us: " + status + " " + reason,
          "Share the folder with the service account as a content manager, and enable the Drive API in its project.",
          answer);
    }
    return new BackupException(
        Cause.STORE_TRANSIENT,
        place + " answered " + status + " " + reason + ", also when asked again.",
        "The next backup tries anew.",
        answer);
  }

  private static BackupException missing(String place, HttpResponseException answer) {
    return new BackupException(
        Cause.STORE_AUTH,
        place + " is not there for us (" + answer.getStatusCode() + ").",
        "Copy the folder's id from its address, and share it with the service account.",
        answer);
  }

  private static BackupException token(String place, IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer && answer.getStatusCode() < 500) {
        return new BackupException(
            Cause.STORE_AUTH,
            place + ": Google gives out no access token: invalid_grant.",
            "The key or authorisation has expired or was withdrawn. Tokens of a consent screen in state Testing end after seven days: publish it, or use a service account.",
            failure);
      }
    }
    return new BackupException(
        Cause.STORE_TRANSIENT,
        place + ": Google gave out no access token: " + failure.getClass().getSimpleName(),
        "See that this machine reaches the key's token_uri.",
        failure);
  }

  // Asked for before the call leaves.
  private static boolean isAboutTheToken(IOException failure) {
    return failure.getClass().getName().startsWith("com.google.auth");
  }

  private static String reason(HttpResponseException answer) {
    var found = REASON.matcher(answer.getContent() == null ? "" : answer.getContent());
    return found.find() ? found.group(1) : "";
  }
}
