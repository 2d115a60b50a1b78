package ca.assistantgazelle.destination.drive;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
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
 * How to reach Google Drive.
 *
 * @param credentials a service account's key or a user's authorisation; null only for an emulator
 * @param url null = Google's own
 * @param patience how long one answer may take
 * @param firstPause before a second try; the further ones grow
 */
public record DriveSettings(Path credentials, String url, Duration patience, Duration firstPause) {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** The folder; nothing is asked of it yet. */
  public DriveFolder folder(String id) throws BackupException {
    var login = login();
    HttpRequestInitializer initializer =
        request -> {
          if (login != null) {
            login.initialize(request);
          }
          request.setConnectTimeout((int) CONNECT.toMillis());
          request.setReadTimeout((int) patience.toMillis());
        };
    var builder =
        new Drive.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), initializer)
            .setApplicationName("gazelle-automation");
    if (url != null) {
      builder.setRootUrl(url.endsWith("/") ? url : url + "/");
    }
    return new DriveFolder(
        builder.build(),
        firstPause,
        id,
        url == null ? "www.googleapis.com" : URI.create(url).getHost());
  }

  private HttpCredentialsAdapter login() throws BackupException {
    if (credentials == null) {
      if (url != null) {
        return null;
      }
      throw new BackupException(
          Cause.CONFIGURATION,
          "A gdrive:// destination needs GOOGLE_APPLICATION_CREDENTIALS, which is not set.",
          "Set it to the path of a service account's JSON key, or of a user's authorisation.");
    }
    try (var in = Files.newInputStream(credentials)) {
      return new HttpCredentialsAdapter(
          GoogleCredentials.fromStream(in).createScoped(DriveScopes.DRIVE));
    } catch (IOException | RuntimeException e) {
      // Not the parser's words: they may quote the file.
      throw new BackupException(
          Cause.CONFIGURATION,
          "GOOGLE_APPLICATION_CREDENTIALS names a file that cannot be used.",
          "It must be a service account's JSON key or a user's authorisation, readable by this service.");
    }
  }
}
