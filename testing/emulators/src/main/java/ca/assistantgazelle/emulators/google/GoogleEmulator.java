package ca.assistantgazelle.emulators.google;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;

/**
 * Emulates the parts of Google's Sheets API that the report uses and of the Drive API that backups use: the same calls,
 * grids, errors and atomic batches. A web page shows each spreadsheet as its readers see it.
 *
 * <pre>
 * GET    /                                 list of the spreadsheets
 * GET    /spreadsheets/d/{id}              one spreadsheet, as a reader sees it
 *        /v4/spreadsheets/…                Sheets v4
 *        /drive/v3/… /upload/drive/v3/…    Drive v3: files of one folder, resumable uploads
 * POST   /token                            a signed assertion for an access token
 * GET    /control/service-account          the service account's key file
 * PUT    /control/faults                   sets the faults, see {@link GoogleControlApi}
 * DELETE /control/faults                   removes all faults
 * GET    /control/calls                    API calls received so far
 * </pre>
 */
public final class GoogleEmulator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/v4/spreadsheets/";
    private static final int MAX_BODY_BYTES = 12 << 20;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, EmulatedSpreadsheet> spreadsheets = new ConcurrentHashMap<>();
    private final EmulatedSheetsApi api = new EmulatedSheetsApi(spreadsheets);
    private final EmulatedDriveApi driveApi = new EmulatedDriveApi();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> unsupportedCalls = new ConcurrentLinkedQueue<>();
    private final GoogleFaults faults;
    private final EmulatedServiceAccount account;
    private volatile boolean tokenRequired;

    private GoogleEmulator(HttpServer http, Clock clock) {
        this.http = http;
        this.faults = new GoogleFaults(clock);
        this.account = new EmulatedServiceAccount(clock);
    }

    /** @param port on the loopback interface; 0 = any */
    public static GoogleEmulator start(int port, Clock clock) {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            var emulator = new GoogleEmulator(http, clock);
            http.setExecutor(emulator.threads);
            http.createContext(API, emulator::api);
            http.createContext("/token", emulator::token);
            http.createContext("/drive/v3/", emulator::drive);
            http.createContext("/upload/drive/v3/", emulator::drive);
            http.createContext("/download/drive/v3/", emulator::drive);
            http.createContext("/control/", new GoogleControlApi(emulator)::handle);
            http.createContext("/", emulator::servePage);
            http.start();
            return emulator;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Failed to start the Google emulator on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The value for GOOGLE_API_URL; ends in a slash. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
    }

    /** Creates a spreadsheet with one empty tab, as Google does, or returns the existing one. */
    public EmulatedSpreadsheet create(String id, String title) {
        return spreadsheets.computeIfAbsent(id, key -> new EmulatedSpreadsheet(id, title));
    }

    /** Deletes the spreadsheet, as its owner could. */
    public void remove(String id) {
        spreadsheets.remove(id);
    }

    public GoogleFaults faults() {
        return faults;
    }

    public EmulatedServiceAccount account() {
        return account;
    }

    /** The key file of {@link #account()}. */
    public String keyFile() {
        return account.keyFile(url() + "token");
    }

    /** Sets whether calls need an access token of the service account. */
    public void requireToken(boolean required) {
        tokenRequired = required;
    }

    /** Method and path of every API call so far. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Calls that this emulator does not support, such as the creation of a spreadsheet. */
    public List<String> unsupportedCalls() {
        return List.copyOf(unsupportedCalls);
    }

    public void clearCalls() {
        calls.clear();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void api(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = readBody(exchange);
            var path = exchange.getRequestURI().getPath().substring(API.length());
            var method = exchange.getRequestMethod();
            calls.add(method + " " + path);
            LockSupport.parkNanos(faults.latency().toNanos());
            var fault = fault(method, path, body);
            if (fault == GoogleFault.LOST_REQUEST) {
                return;
            }
            try {
                requireAccepted(fault, exchange);
                boolean ignored = fault == GoogleFault.IGNORED && !method.equals("GET");
                var answer = ignored ? JSON.createObjectNode() : api.call(method, path, ranges(exchange), body);
                if (fault != GoogleFault.LOST_ANSWER) {
                    send(exchange, 200, answer);
                }
            } catch (GoogleErrorException e) {
                send(exchange, e.code(), e.body());
            } catch (JsonProcessingException e) {
                send(
                        exchange,
                        400,
                        GoogleErrorException.invalid("Invalid JSON payload received.")
                                .body());
            }
        }
    }

    private void drive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var method = exchange.getRequestMethod();
            var path = exchange.getRequestURI().getPath();
            calls.add(method + " " + path);
            LockSupport.parkNanos(faults.latency().toNanos());
            var fault =
                    faults.nextFault(method + " " + path, !method.equals("GET")).orElse(null);
            if (fault == GoogleFault.LOST_REQUEST) {
                return;
            }
            try {
                requireAccepted(fault, exchange);
                var answer = driveApi.call(url(), exchange, body, fault);
                if (fault != GoogleFault.LOST_ANSWER) {
                    answer.send(exchange);
                }
            } catch (GoogleErrorException e) {
                send(exchange, e.code(), e.body());
            }
        }
    }

    /** Content of the files in Drive by name. */
    public Map<String, byte[]> driveFiles() {
        return driveApi.contentsByName();
    }

    private GoogleFault fault(String method, String path, byte[] body) {
        var described = method + " " + path + " " + new String(body, StandardCharsets.UTF_8);
        return faults.nextFault(described, !method.equals("GET")).orElse(null);
    }

    private void requireAccepted(GoogleFault fault, HttpExchange exchange) {
        switch (fault) {
            case TOO_MANY_REQUESTS ->
                throw new GoogleErrorException(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user'.");
            case SERVER_ERROR -> throw new GoogleErrorException(500, "INTERNAL", "Internal error encountered.");
            case UNAVAILABLE ->
                throw new GoogleErrorException(503, "UNAVAILABLE", "The service is currently unavailable.");
            case FORBIDDEN ->
                throw new GoogleErrorException(403, "PERMISSION_DENIED", "The caller does not have permission");
            case UNAUTHORIZED -> throw unauthorized();
            case STORAGE_QUOTA ->
                throw new GoogleErrorException(
                        403,
                        "PERMISSION_DENIED",
                        "Service Accounts do not have storage quota.",
                        "storageQuotaExceeded");
            case null, default -> {
                if (tokenRequired
                        && !account.accepts(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    throw unauthorized();
                }
            }
        }
    }

    private static GoogleErrorException unauthorized() {
        return new GoogleErrorException(
                401,
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.");
    }

    private void token(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = account.exchange(new String(readBody(exchange), StandardCharsets.UTF_8), url() + "token");
            send(exchange, answer.has("error") ? 400 : 200, answer);
        }
    }

    private void servePage(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var prefix = "/spreadsheets/d/";
            var spreadsheet = path.startsWith(prefix)
                    ? spreadsheets.get(path.substring(prefix.length()).split("/")[0])
                    : null;
            var html = spreadsheet == null
                    ? SpreadsheetHtmlPage.list(spreadsheets.values())
                    : SpreadsheetHtmlPage.of(spreadsheet);
            int status = path.equals("/") || spreadsheet != null ? 200 : 404;
            if (status == 404) {
                unsupportedCalls.add(exchange.getRequestMethod() + " " + path);
            }
            send(exchange, status, "text/html", html.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> ranges(HttpExchange exchange) {
        var ranges = new ArrayList<String>();
        var query = exchange.getRequestURI().getRawQuery();
        if (query != null) {
            for (var pair : query.split("&")) {
                if (pair.startsWith("ranges=")) {
                    ranges.add(URLDecoder.decode(pair.substring("ranges=".length()), StandardCharsets.UTF_8));
                }
            }
        }
        return ranges;
    }

    // Google's client compresses request bodies.
    static byte[] readBody(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            in = new GZIPInputStream(in);
        }
        return in.readNBytes(MAX_BODY_BYTES);
    }

    static void send(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        send(exchange, status, "application/json", JSON.writeValueAsBytes(answer));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
