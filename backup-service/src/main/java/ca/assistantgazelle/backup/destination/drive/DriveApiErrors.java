package ca.assistantgazelle.backup.destination.drive;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Classifies errors of Google Drive and suggests what to do. */
final class DriveApiErrors {
    private static final Set<String> RETRYABLE_REASONS =
            Set.of("rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded");
    private static final Pattern REASON = Pattern.compile("\"reason\"\\s*:\\s*\"(\\w+)\"");
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int MAX_CONTENT_LENGTH = 4_000;

    private DriveApiErrors() {}

    /** The failure for an error response to an upload. */
    static IOException uploadFailure(String place, HttpResponse answer) throws IOException {
        if (answer.getStatusCode() == NOT_FOUND || answer.getStatusCode() == GONE) {
            return new BackupException(
                    BackupErrorClass.STORE_SESSION,
                    place + ": the upload session has expired (HTTP " + answer.getStatusCode() + ").",
                    "The next backup starts a new upload. No partial file is visible.");
        }
        var words = answer.getContent() == null ? "" : answer.parseAsString();
        return new HttpResponseException.Builder(answer.getStatusCode(), answer.getStatusMessage(), answer.getHeaders())
                .setContent(words.length() > MAX_CONTENT_LENGTH ? words.substring(0, MAX_CONTENT_LENGTH) : words)
                .build();
    }

    static boolean isRetryable(IOException failure) {
        if (failure instanceof HttpResponseException answer) {
            int status = answer.getStatusCode();
            return status == 408
                    || status == 429
                    || status >= 500
                    || (status == 403 && RETRYABLE_REASONS.contains(reason(answer)));
        }
        return !isTokenFailure(failure) && !(failure instanceof BackupException);
    }

    static BackupException toBackupException(String place, IOException failure) {
        if (failure instanceof BackupException known) {
            return known;
        }
        if (failure instanceof HttpResponseException answer) {
            return responseFailure(place, answer);
        }
        if (isTokenFailure(failure)) {
            return tokenFailure(place, failure);
        }
        return new BackupException(
                BackupErrorClass.STORE_TRANSIENT,
                place + " did not respond: " + failure.getClass().getSimpleName(),
                "Check that this machine can reach www.googleapis.com. The next backup tries again.",
                failure);
    }

    private static BackupException responseFailure(String place, HttpResponseException answer) {
        int status = answer.getStatusCode();
        var reason = reason(answer);
        if (reason.toLowerCase(Locale.ROOT).contains("storagequota")) {
            return new BackupException(
                    BackupErrorClass.STORE_QUOTA,
                    place + " has no free storage: " + reason + ".",
                    "A service account has no storage: use a folder of a Shared Drive or a user's OAuth authorisation, or free space there.",
                    answer);
        }
        if (status == NOT_FOUND || status == GONE) {
            return notFound(place, answer);
        }
        if (status == 401 || status == 403) {
            return new BackupException(
                    BackupErrorClass.STORE_AUTH,
                    place + " denied access: " + status + " " + reason,
                    "Share the folder with the service account as a content manager, and enable the Drive API in its project.",
                    answer);
        }
        return new BackupException(
                BackupErrorClass.STORE_TRANSIENT,
                place + " returned " + status + " " + reason + " after several attempts.",
                "The next backup tries again.",
                answer);
    }

    private static BackupException notFound(String place, HttpResponseException answer) {
        return new BackupException(
                BackupErrorClass.STORE_AUTH,
                place + " does not exist or is not shared (" + answer.getStatusCode() + ").",
                "Check the folder id in BACKUP_DESTINATIONS, and share the folder with the service account.",
                answer);
    }

    private static BackupException tokenFailure(String place, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseException answer && answer.getStatusCode() < 500) {
                return new BackupException(
                        BackupErrorClass.STORE_AUTH,
                        place + ": Google refused an access token: invalid_grant.",
                        "The key or authorisation has expired or was revoked. Tokens of a consent screen in state Testing expire after seven days: publish it, or use a service account.",
                        failure);
            }
        }
        return new BackupException(
                BackupErrorClass.STORE_TRANSIENT,
                place + ": Google issued no access token: " + failure.getClass().getSimpleName(),
                "Check that this machine can reach the token_uri of the key.",
                failure);
    }

    // The token is requested before the call is sent.
    private static boolean isTokenFailure(IOException failure) {
        return failure.getClass().getName().startsWith("com.google.auth");
    }

    private static String reason(HttpResponseException answer) {
        var found = REASON.matcher(answer.getContent() == null ? "" : answer.getContent());
        return found.find() ? found.group(1) : "";
    }
}
