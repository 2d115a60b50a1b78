package ca.assistantgazelle.report.sheet.google;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.report.sheet.SpreadsheetConfig;
import ca.assistantgazelle.report.sheet.SpreadsheetException;
import ca.assistantgazelle.runtime.network.LoopbackUrl;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Creates Google's client for the Sheets API, with the service account's credentials. */
@Singleton
public class GoogleSheetsClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Below Google's own timeout of three minutes. */
    private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

    private final HttpTransport transport = new NetHttpTransport();
    private final SpreadsheetConfig config;
    private final WriteRateLimiter rateLimiter;

    public GoogleSheetsClient(SpreadsheetConfig config) {
        this.config = config;
        this.rateLimiter = new WriteRateLimiter(config.writesPerMinute());
    }

    /** @throws SpreadsheetException when there are no credentials or they are not a service account key */
    public Sheets service() {
        var credentials = credentials();
        HttpRequestInitializer initializer = request -> {
            if (credentials != null) {
                credentials.initialize(request);
            }
            request.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
            request.setReadTimeout((int) READ_TIMEOUT.toMillis());
        };
        var builder = new Sheets.Builder(transport, GsonFactory.getDefaultInstance(), initializer)
                .setApplicationName("gazelle-automation");
        config.apiUrl().ifPresent(url -> builder.setRootUrl(url.endsWith("/") ? url : url + "/"));
        return builder.build();
    }

    /** Executes the calls of one run. */
    public GoogleApiCalls newCalls(Runnable beforeEachWrite) {
        return new GoogleApiCalls(
                config.maxAttempts(), config.initialBackoff(), rateLimiter, beforeEachWrite, accountEmail());
    }

    private HttpCredentialsAdapter credentials() {
        if (config.credentials().isEmpty()) {
            if (config.apiUrl().filter(LoopbackUrl::isLoopback).isPresent()) {
                return null;
            }
            throw credentialsMissing("GOOGLE_APPLICATION_CREDENTIALS is not set.", null);
        }
        return new HttpCredentialsAdapter(
                readKey(Path.of(config.credentials().get())).createScoped(SheetsScopes.SPREADSHEETS));
    }

    /** The service account's address, for messages; null when there are no credentials. */
    private String accountEmail() {
        return config.credentials()
                .map(file -> readKey(Path.of(file)).getClientEmail())
                .orElse(null);
    }

    private static ServiceAccountCredentials readKey(Path file) {
        try (var in = Files.newInputStream(file)) {
            return ServiceAccountCredentials.fromStream(in);
        } catch (IOException | RuntimeException e) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw credentialsMissing("GOOGLE_APPLICATION_CREDENTIALS names a file that cannot be read.", e);
            }
            // Without the parser's message: it may quote the file.
            throw new SpreadsheetException(
                    new RunError(
                            "GOOGLE_CREDENTIALS_WRONG_TYPE",
                            false,
                            "The file named by GOOGLE_APPLICATION_CREDENTIALS is not a service account key.",
                            "In Google Cloud, create a JSON key for the service account and save it there."),
                    null);
        }
    }

    private static SpreadsheetException credentialsMissing(String message, Throwable cause) {
        return new SpreadsheetException(
                new RunError(
                        "GOOGLE_CREDENTIALS_MISSING",
                        false,
                        message,
                        "Set it to the path of the service account's JSON key, readable by this service."),
                cause);
    }
}
