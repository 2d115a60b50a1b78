package ca.assistantgazelle.sheet.google;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.sheet.SheetConfig;
import ca.assistantgazelle.sheet.SheetException;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.SheetsScopes;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.ServiceAccountCredentials;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Google's own client for the Sheets API, with the service account's credentials. */
@Singleton
public class GoogleConnection {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /** Google gives a request up after three minutes. */
  private static final Duration READ_LIMIT = Duration.ofMinutes(2);

  private final HttpTransport transport = new NetHttpTransport();
  private final SheetConfig config;
  private final Quota quota;

  public GoogleConnection(SheetConfig config) {
    this.config = config;
    this.quota = new Quota(config.writesPerMinute());
  }

  /**
   * @throws SheetException when there are no credentials, or they are not of a service account
   */
  public Sheets service() {
    var credentials = credentials();
    HttpRequestInitializer initializer =
        request -> {
          if (credentials != null) {
            credentials.initialize(request);
          }
          request.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
          request.setReadTimeout((int) READ_LIMIT.toMillis());
        };
    var builder =
        new Sheets.Builder(transport, GsonFactory.getDefaultInstance(), initializer)
            .setApplicationName("gazelle-automation");
    config.apiUrl().ifPresent(url -> builder.setRootUrl(url.endsWith("/") ? url : url + "/"));
    return builder.build();
  }

  /** The calls of one run. */
  public Calls calls(Runnable beforeEachWrite) {
    return new Calls(config.tries(), config.firstPause(), quota, beforeEachWrite, account());
  }

  private HttpCredentialsAdapter credentials() {
    if (config.credentials().isEmpty()) {
      if (config.apiUrl().filter(GoogleConnection::isThisMachine).isPresent()) {
        return null;
      }
      throw missing("GOOGLE_APPLICATION_CREDENTIALS is not set.", null);
    }
    return new HttpCredentialsAdapter(
        read(Path.of(config.credentials().get())).createScoped(SheetsScopes.SPREADSHEETS));
  }

  /** Who must be allowed to write, for messages; null when there are no credentials. */
  private String account() {
    return config.credentials().map(file -> read(Path.of(file)).getClientEmail()).orElse(null);
  }

  private static ServiceAccountCredentials read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return ServiceAccountCredentials.fromStream(in);
    } catch (IOException | RuntimeException e) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw missing("GOOGLE_APPLICATION_CREDENTIALS names a file that cannot be read.", e);
      }
      // Not the parser's words: they may quote the file.
      throw new SheetException(
          new RunError(
              "GOOGLE_CREDENTIALS_WRONG_TYPE",
              false,
              "The file that GOOGLE_APPLICATION_CREDENTIALS names is not the key of a service account.",
              "In Google Cloud, create a key of type JSON for the service account and put that file there."),
          null);
    }
  }

  private static SheetException missing(String message, Throwable cause) {
    return new SheetException(
        new RunError(
            "GOOGLE_CREDENTIALS_MISSING",
            false,
            message,
            "Set it to the path of the service account's JSON key, readable by this service."),
        cause);
  }

  private static boolean isThisMachine(String url) {
    var host = URI.create(url).getHost();
    return host != null
        && (host.equals("localhost")
            || host.matches("127(\\.\\d{1,3}){3}")
            || host.equals("[::1]"));
  }
}
