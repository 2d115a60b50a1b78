package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.emulators.google.GoogleEmulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Edits by users between two runs. */
final class SpreadsheetEdits {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private SpreadsheetEdits() {}

    static void rename(GoogleEmulator google, String spreadsheet, int tab, String title)
            throws IOException, InterruptedException {
        batch(
                google,
                spreadsheet,
                "{\"updateSheetProperties\":{\"properties\":{\"sheetId\":%d,\"title\":\"%s\"},\"fields\":\"title\"}}"
                        .formatted(tab, title));
    }

    static void widen(GoogleEmulator google, String spreadsheet, int tab, int columns)
            throws IOException, InterruptedException {
        batch(
                google,
                spreadsheet,
                "{\"updateSheetProperties\":{\"properties\":{\"sheetId\":%d,\"gridProperties\":{\"columnCount\":%d}},\"fields\":\"gridProperties.columnCount\"}}"
                        .formatted(tab, columns));
    }

    static void delete(GoogleEmulator google, String spreadsheet, int tab) throws IOException, InterruptedException {
        batch(google, spreadsheet, "{\"deleteSheet\":{\"sheetId\":%d}}".formatted(tab));
    }

    static void addTab(GoogleEmulator google, String spreadsheet, String title, int rows)
            throws IOException, InterruptedException {
        batch(
                google,
                spreadsheet,
                "{\"addSheet\":{\"properties\":{\"title\":\"%s\",\"gridProperties\":{\"rowCount\":%d,\"columnCount\":10}}}}"
                        .formatted(title, rows));
    }

    static void type(GoogleEmulator google, String spreadsheet, String cell, String text)
            throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(google.url() + "v4/spreadsheets/" + spreadsheet + "/values/" + cell))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"values\":[[\"" + text + "\"]]}")));
    }

    private static void batch(GoogleEmulator google, String spreadsheet, String request)
            throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(google.url() + "v4/spreadsheets/" + spreadsheet + ":batchUpdate"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"requests\":[" + request + "]}")));
    }

    private static void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.body());
        }
    }
}
