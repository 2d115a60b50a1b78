package ca.assistantgazelle.sheet.google;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.runtime.redaction.Redaction;
import ca.assistantgazelle.sheet.SheetException;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.util.Locale;

/** Tells Google's refusals apart, so that each says what to do next. */
final class GoogleErrors {
  private GoogleErrors() {}

  static SheetException of(IOException failure, boolean write, String account) {
    return new SheetException(error(failure, write, account), failure);
  }

  private static RunError error(IOException failure, boolean write, String account) {
    if (failure instanceof HttpResponseException answer) {
      return answered(answer, write, account);
    }
    if (isAboutTheToken(failure)) {
      return token(failure);
    }
    return new RunError(
        "GOOGLE_UNREACHABLE",
        true,
        "Google did not answer: " + failure.getClass().getSimpleName(),
        "See that this machine reaches sheets.googleapis.com; the next attempt tries again.");
  }

  private static RunError answered(HttpResponseException answer, boolean write, String account) {
    return switch (answer.getStatusCode()) {
      case 401 -> account == null ? missing() : refused();
      case 403 -> isBusy(answer) ? busy(answer) : forbidden(write, account);
      case 404 ->
          new RunError(
              "SHEET_NOT_FOUND",
              false,
              "There is no spreadsheet with the id in SHEETS_SPREADSHEET_ID.",
              "Copy the id from the spreadsheet's address; nothing is created here.");
      case 408, 429 -> busy(answer);
      default ->
          answer.getStatusCode() >= 500
              ? new RunError(
                  "GOOGLE_UNAVAILABLE",
                  true,
                  "Google answered " + answer.getStatusCode() + ".",
                  "The next attempt tries again.")
              : new RunError(
                  "SHEET_REFUSED",
                  true,
                  "Google refused the change: " + words(answer),
                  "See whether somebody protected or changed the tab; then run the report again.");
    };
  }

  private static RunError busy(HttpResponseException answer) {
    return new RunError(
        "GOOGLE_BUSY",
        true,
        "Google answered " + answer.getStatusCode() + ": its quota is used up for now.",
        "See what else uses this service account; the next attempt tries again.");
  }

  private static RunError forbidden(boolean write, String account) {
    var who = account == null ? "the service account" : account;
    return write
        ? new RunError(
            "SHEET_READ_ONLY",
            false,
            "The spreadsheet may be read but not written.",
            "Share it with " + who + " as an editor.")
        : new RunError(
            "SHEET_FORBIDDEN",
            false,
            "The spreadsheet is not shared with us, or the Sheets API is not enabled.",
            "Share it with "
                + who
                + " as an editor, and enable the Sheets API in the account's project.");
  }

  private static RunError token(IOException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer && answer.getStatusCode() < 500) {
        return refused();
      }
    }
    return new RunError(
        "GOOGLE_UNREACHABLE",
        true,
        "Google gave out no access token: " + failure.getClass().getSimpleName(),
        "See that this machine reaches the key's token_uri; the next attempt tries again.");
  }

  private static RunError missing() {
    return new RunError(
        "GOOGLE_CREDENTIALS_MISSING",
        false,
        "The spreadsheet needs credentials, and GOOGLE_APPLICATION_CREDENTIALS is not set.",
        "Set it to the path of the service account's JSON key, readable by this service.");
  }

  private static RunError refused() {
    return new RunError(
        "GOOGLE_CREDENTIALS_REFUSED",
        false,
        "Google refuses the service account's key: it has expired or was deleted.",
        "Create a new key for the service account, and put it where GOOGLE_APPLICATION_CREDENTIALS points.");
  }

  // Asked for before the call leaves.
  private static boolean isAboutTheToken(IOException failure) {
    return failure.getClass().getName().startsWith("com.google.auth");
  }

  private static boolean isBusy(HttpResponseException answer) {
    return words(answer).toLowerCase(Locale.ROOT).contains("quota")
        || (answer instanceof GoogleJsonResponseException json
            && json.getDetails() != null
            && json.getDetails().getErrors() != null
            && json.getDetails().getErrors().stream()
                .anyMatch(error -> String.valueOf(error.getReason()).endsWith("LimitExceeded")));
  }

  // Up to the first quotation: what follows may be a note's text.
  private static String words(HttpResponseException answer) {
    var message =
        answer instanceof GoogleJsonResponseException json && json.getDetails() != null
            ? json.getDetails().getMessage()
            : null;
    return message == null
        ? "status " + answer.getStatusCode()
        : Redaction.redact(message.split("[\"“'«]", 2)[0].strip());
  }
}
