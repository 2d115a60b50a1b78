package ca.assistantgazelle.backup.destination.drive;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.DriveScopes;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Connection settings for Google Drive.
 *
 * @param credentials a service account's key or a user's authorisation; null only for an emulator
 * @param url null for Google's own
 * @param timeout timeout of one response
 * @param initialBackoff pause before the first retry; it grows with each retry
 */
public record DriveSettings(Path credentials, String url, Duration timeout, Duration initialBackoff) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Opens a folder without contacting Google. */
    public DriveFolderDestination folder(String id) throws BackupException {
        var login = loadCredentials();
        HttpRequestInitializer initializer = request -> {
            if (login != null) {
                login.initialize(request);
            }
            request.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
            request.setReadTimeout((int) timeout.toMillis());
        };
        var builder = new Drive.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), initializer)
                .setApplicationName("gazelle-automation");
        if (url != null) {
            builder.setRootUrl(url.endsWith("/") ? url : url + "/");
        }
        return new DriveFolderDestination(
                builder.build(),
                initialBackoff,
                id,
                url == null ? "www.googleapis.com" : URI.create(url).getHost());
    }

    private HttpCredentialsAdapter loadCredentials() throws BackupException {
        if (credentials == null) {
            if (url != null) {
                return null;
            }
            throw new BackupException(
                    BackupErrorClass.CONFIGURATION,
                    "A gdrive:// destination needs GOOGLE_APPLICATION_CREDENTIALS, which is not set.",
                    "Set it to the path of a service account's JSON key, or of a user's authorisation.");
        }
        try (var in = Files.newInputStream(credentials)) {
            return new HttpCredentialsAdapter(GoogleCredentials.fromStream(in).createScoped(DriveScopes.DRIVE));
        } catch (IOException | RuntimeException e) {
            // Without the cause: its message may quote the file.
            throw new BackupException(
                    BackupErrorClass.CONFIGURATION,
                    "The file named by GOOGLE_APPLICATION_CREDENTIALS is unreadable or invalid.",
                    "It must be a service account's JSON key or a user's authorisation, readable by this service.");
        }
    }
}
