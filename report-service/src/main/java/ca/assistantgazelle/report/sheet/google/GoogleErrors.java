package ca.assistantgazelle.report.sheet.google;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.report.sheet.SpreadsheetException;
import ca.assistantgazelle.runtime.redaction.SecretRedaction;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.util.Locale;

/** Maps Google's errors to error classes, each with a message and a suggestion. */
final class GoogleErrors {
    private GoogleErrors() {}

    static SpreadsheetException toException(IOException failure, boolean write, String account) {
        return new SpreadsheetException(error(failure, write, account), failure);
    }

    private static RunError error(IOException failure, boolean write, String account) {
        if (failure instanceof HttpResponseException answer) {
            return responseError(answer, write, account);
        }
        if (isTokenFailure(failure)) {
            return tokenError(failure);
        }
        return new RunError(
                "GOOGLE_UNREACHABLE",
                true,
                "Google did not answer: " + failure.getClass().getSimpleName(),
                "Check that this host can reach sheets.googleapis.com; the next attempt retries.");
    }

    private static RunError responseError(HttpResponseException answer, boolean write, String account) {
        return switch (answer.getStatusCode()) {
            case 401 -> account == null ? credentialsMissing() : credentialsRefused();
            case 403 -> isQuotaExceeded(answer) ? quotaExceeded(answer) : forbidden(write, account);
            case 404 ->
                new RunError(
                        "SHEET_NOT_FOUND",
                        false,
                        "No spreadsheet has the id in SHEETS_SPREADSHEET_ID.",
                        "Copy the id from the spreadsheet's URL; the spreadsheet is never created by this service.");
            case 408, 429 -> quotaExceeded(answer);
            default ->
                answer.getStatusCode() >= 500
                        ? new RunError(
                                "GOOGLE_UNAVAILABLE",
                                true,
                                "Google responded with status " + answer.getStatusCode() + ".",
                                "The next attempt retries.")
                        : new RunError(
                                "SHEET_REFUSED",
                                true,
                                "Google rejected the change: " + messageOf(answer),
                                "Check whether a user protected or changed the tab, then run the report again.");
        };
    }

    private static RunError quotaExceeded(HttpResponseException answer) {
        return new RunError(
                "GOOGLE_BUSY",
                true,
                "Google responded with status " + answer.getStatusCode() + ": the API quota is exhausted for now.",
                "Check what else uses this service account; the next attempt retries.");
    }

    private static RunError forbidden(boolean write, String account) {
        var who = account == null ? "the service account" : account;
        return write
                ? new RunError(
                        "SHEET_READ_ONLY",
                        false,
                        "The service account can read the spreadsheet but not write to it.",
                        "Share it with " + who + " as an editor.")
                : new RunError(
                        "SHEET_FORBIDDEN",
                        false,
                        "The spreadsheet is not shared with the service account, or the Sheets API is not enabled.",
                        "Share it with " + who + " as an editor, and enable the Sheets API in the account's project.");
    }

    private static RunError tokenError(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException answer && answer.getStatusCode() < 500) {
                return credentialsRefused();
            }
        }
        return new RunError(
                "GOOGLE_UNREACHABLE",
                true,
                "Google issued no access token: " + failure.getClass().getSimpleName(),
                "Check that this host can reach the key's token_uri; the next attempt retries.");
    }

    private static RunError credentialsMissing() {
        return new RunError(
                "GOOGLE_CREDENTIALS_MISSING",
                false,
                "The spreadsheet requires credentials, but GOOGLE_APPLICATION_CREDENTIALS is not set.",
                "Set it to the path of the service account's JSON key, readable by this service.");
    }

    private static RunError credentialsRefused() {
        return new RunError(
                "GOOGLE_CREDENTIALS_REFUSED",
                false,
                "Google rejected the service account's key: it has expired or was deleted.",
                "Create a new key for the service account and save it to the file named by GOOGLE_APPLICATION_CREDENTIALS.");
    }

    // The token is requested before the call is sent.
    private static boolean isTokenFailure(IOException failure) {
        return failure.getClass().getName().startsWith("com.google.auth");
    }

    private static boolean isQuotaExceeded(HttpResponseException answer) {
        return messageOf(answer).toLowerCase(Locale.ROOT).contains("quota")
                || (answer instanceof GoogleJsonResponseException json
                        && json.getDetails() != null
                        && json.getDetails().getErrors() != null
                        && json.getDetails().getErrors().stream()
                                .anyMatch(error ->
                                        String.valueOf(error.getReason()).endsWith("LimitExceeded")));
    }

    // Only up to the first quotation mark: a quotation may contain text of a note.
    private static String messageOf(HttpResponseException answer) {
        var message = answer instanceof GoogleJsonResponseException json && json.getDetails() != null
                ? json.getDetails().getMessage()
                : null;
        return message == null
                ? "status " + answer.getStatusCode()
                : SecretRedaction.redact(message.split("[\"“'«]", 2)[0].strip());
    }
}
