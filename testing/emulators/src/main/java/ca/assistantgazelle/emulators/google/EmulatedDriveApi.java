package ca.assistantgazelle.emulators.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The part of Drive v3 that backups use: files, whose names need not be unique, and resumable uploads. */
final class EmulatedDriveApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME_CONDITION = Pattern.compile("name = '((?:[^'\\\\]|\\\\.)*)'");
    private static final Pattern PARENT_CONDITION = Pattern.compile("'([^']+)' in parents");
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");
    private static final int CHUNK_UNIT_BYTES = 256 << 10;
    private static final int PAGE_SIZE = 100;

    private record EmulatedDriveFile(
            String id, String name, String parent, ByteArrayOutputStream content, String modified) {}

    private record EmulatedUploadSession(String name, String parent, ByteArrayOutputStream received) {}

    private final Map<String, EmulatedDriveFile> files = new ConcurrentHashMap<>();
    private final Map<String, EmulatedUploadSession> sessions = new ConcurrentHashMap<>();

    synchronized Map<String, byte[]> contentsByName() {
        var byName = new TreeMap<String, byte[]>();
        files.values().forEach(file -> byName.put(file.name(), file.content().toByteArray()));
        return byName;
    }

    synchronized DriveResponse call(String url, HttpExchange exchange, byte[] body, GoogleFault fault)
            throws IOException {
        var path = exchange.getRequestURI().getPath();
        var query = query(exchange);
        var method = exchange.getRequestMethod();
        if (path.startsWith("/upload/")) {
            return method.equals("POST")
                    ? startUpload(url, body)
                    : receiveChunk(query.get("upload_id"), exchange, body, fault);
        }
        var id = path.replaceFirst("^(/download)?/drive/v3/files/?", "");
        if (path.equals("/drive/v3/files") && method.equals("GET")) {
            return list(query);
        }
        return switch (method) {
            case "GET" -> get(id, query);
            case "DELETE" -> {
                if (files.remove(id) == null) {
                    throw GoogleErrorException.notFound();
                }
                yield new DriveResponse(204, null, null, new byte[0]);
            }
            default -> throw GoogleErrorException.invalid("Unsupported call: " + method + " " + path);
        };
    }

    private DriveResponse startUpload(String url, byte[] body) throws IOException {
        var wanted = JSON.readTree(body);
        var id = UUID.randomUUID().toString();
        sessions.put(
                id,
                new EmulatedUploadSession(
                        wanted.path("name").asText(),
                        wanted.path("parents").path(0).asText(),
                        new ByteArrayOutputStream()));
        return new DriveResponse(
                200, url + "upload/drive/v3/files?uploadType=resumable&upload_id=" + id, null, new byte[0]);
    }

    private DriveResponse receiveChunk(String id, HttpExchange exchange, byte[] body, GoogleFault fault)
            throws IOException {
        if (fault == GoogleFault.SESSION_GONE) {
            sessions.remove(id);
        }
        var session = sessions.get(id == null ? "" : id);
        if (session == null) {
            throw GoogleErrorException.notFound();
        }
        if (exchange.getRequestMethod().equals("DELETE")) {
            sessions.remove(id);
            return new DriveResponse(499, null, null, new byte[0]);
        }
        var header = exchange.getRequestHeaders().getFirst("Content-Range");
        var range = CONTENT_RANGE.matcher(header == null ? "" : header);
        if (!range.matches()) {
            throw GoogleErrorException.invalid("Content-Range: " + header);
        }
        if (range.group(1) != null) {
            append(session, range, body, fault);
        }
        return !range.group(3).equals("*")
                        && Long.parseLong(range.group(3)) == session.received().size()
                ? completeUpload(id, session)
                : incomplete(session);
    }

    private static void append(EmulatedUploadSession session, MatchResult range, byte[] body, GoogleFault fault) {
        long from = Long.parseLong(range.group(1));
        if (from != session.received().size()) {
            throw GoogleErrorException.invalid("Content-Range out of order: the next byte is "
                    + session.received().size()
                    + ", not "
                    + from);
        }
        boolean last = !range.group(3).equals("*");
        if (!last && body.length % CHUNK_UNIT_BYTES != 0) {
            throw GoogleErrorException.invalid("Chunk size must be a multiple of 256 KiB");
        }
        session.received()
                .write(
                        body,
                        0,
                        fault == GoogleFault.HALF_TAKEN
                                ? body.length / 2 / CHUNK_UNIT_BYTES * CHUNK_UNIT_BYTES
                                : body.length);
    }

    private static DriveResponse incomplete(EmulatedUploadSession session) {
        int taken = session.received().size();
        return new DriveResponse(308, null, taken == 0 ? null : "bytes=0-" + (taken - 1), new byte[0]);
    }

    private DriveResponse completeUpload(String id, EmulatedUploadSession session) throws IOException {
        sessions.remove(id);
        var file = new EmulatedDriveFile(
                UUID.randomUUID().toString(),
                session.name(),
                session.parent(),
                session.received(),
                "2026-01-01T00:00:00.000Z");
        files.put(file.id(), file);
        return json(describe(file));
    }

    private DriveResponse list(Map<String, String> query) throws IOException {
        var q = query.getOrDefault("q", "");
        var parent = PARENT_CONDITION.matcher(q);
        var named = NAME_CONDITION.matcher(q);
        var folder = parent.find() ? parent.group(1) : null;
        var name = named.find() ? named.group(1).replaceAll("\\\\(.)", "$1") : null;
        int from = Integer.parseInt(query.getOrDefault("pageToken", "0"));
        var matching = files.values().stream()
                .filter(file -> folder == null || folder.equals(file.parent()))
                .filter(file -> name == null || name.equals(file.name()))
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
        var answer = JsonNodeFactory.instance.objectNode();
        var array = answer.putArray("files");
        matching.stream().skip(from).limit(PAGE_SIZE).forEach(file -> array.add(describe(file)));
        if (matching.size() > from + PAGE_SIZE) {
            answer.put("nextPageToken", Integer.toString(from + PAGE_SIZE));
        }
        return json(answer);
    }

    private DriveResponse get(String id, Map<String, String> query) throws IOException {
        var file = files.get(id);
        if ("media".equals(query.get("alt"))) {
            if (file == null) {
                throw GoogleErrorException.notFound();
            }
            return new DriveResponse(200, null, null, file.content().toByteArray());
        }
        // Any id that is not a file is a writable folder, except this one, which does not exist.
        if (file == null && "introuvable".equals(id)) {
            throw GoogleErrorException.notFound();
        }
        return json(
                file != null
                        ? describe(file)
                        : JsonNodeFactory.instance
                                .objectNode()
                                .put("id", id)
                                .set(
                                        "capabilities",
                                        JsonNodeFactory.instance.objectNode().put("canAddChildren", true)));
    }

    private static JsonNode describe(EmulatedDriveFile file) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", file.id())
                .put("name", file.name())
                .put("size", Integer.toString(file.content().size()))
                .put("createdTime", file.modified())
                .put("modifiedTime", file.modified());
    }

    private static DriveResponse json(JsonNode node) throws IOException {
        return new DriveResponse(200, null, null, JSON.writeValueAsBytes(node));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var values = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var pair : (raw == null ? "" : raw).split("&", -1)) {
            var parts = pair.split("=", 2);
            if (parts.length == 2) {
                values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return values;
    }
}
