package ca.assistantgazelle.peers.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Drive v3 as far as backups need it: files with names that need not be unique, and uploads that
 * are taken up again where they broke off.
 */
final class DriveApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAMED = Pattern.compile("name = '((?:[^'\\\\]|\\\\.)*)'");
  private static final Pattern PARENT = Pattern.compile("'([^']+)' in parents");
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");
  private static final int UNIT = 256 << 10;
  private static final int PAGE = 100;

  private record File(
      String id, String name, String parent, ByteArrayOutputStream content, String modified) {}

  private record Session(String name, String parent, ByteArrayOutputStream taken) {}

  /** What goes back. */
  record Answer(int status, String location, String range, ByteBuffer body) {
    Answer(int status, String location, String range, byte[] body) {
      this(status, location, range, ByteBuffer.wrap(body));
    }

    void send(HttpExchange exchange) throws IOException {
      if (location != null) {
        exchange.getResponseHeaders().set("Location", location);
      }
      if (range != null) {
        exchange.getResponseHeaders().set("Range", range);
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      exchange.sendResponseHeaders(status, body.remaining() == 0 ? -1 : body.remaining());
      if (body.remaining() > 0) {
        Channels.newChannel(exchange.getResponseBody()).write(body.duplicate());
      }
    }
  }

  private final Map<String, File> files = new ConcurrentHashMap<>();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  synchronized Map<String, byte[]> byName() {
    var byName = new TreeMap<String, byte[]>();
    files.values().forEach(file -> byName.put(file.name(), file.content().toByteArray()));
    return byName;
  }

  synchronized Answer call(String url, HttpExchange exchange, byte[] body, SheetFault fault)
      throws IOException {
    var path = exchange.getRequestURI().getPath();
    var query = query(exchange);
    var method = exchange.getRequestMethod();
    if (path.startsWith("/upload/")) {
      return method.equals("POST")
          ? begin(url, body)
          : take(query.get("upload_id"), exchange, body, fault);
    }
    var id = path.replaceFirst("^(/download)?/drive/v3/files/?", "");
    if (path.equals("/drive/v3/files") && method.equals("GET")) {
      return list(query);
    }
    return switch (method) {
      case "GET" -> get(id, query);
      case "DELETE" -> {
        if (files.remove(id) == null) {
          throw GoogleError.notFound();
        }
        yield new Answer(204, null, null, new byte[0]);
      }
      default -> throw GoogleError.invalid("not known here: " + method + " " + path);
    };
  }

  private Answer begin(String url, byte[] body) throws IOException {
    var wanted = JSON.readTree(body);
    var id = UUID.randomUUID().toString();
    sessions.put(
        id,
        new Session(
            wanted.path("name").asText(),
            wanted.path("parents").path(0).asText(),
            new ByteArrayOutputStream()));
    return new Answer(
        200, url + "upload/drive/v3/files?uploadType=resumable&upload_id=" + id, null, new byte[0]);
  }

  private Answer take(String id, HttpExchange exchange, byte[] body, SheetFault fault)
      throws IOException {
    if (fault == SheetFault.SESSION_GONE) {
      sessions.remove(id);
    }
    var session = sessions.get(id == null ? "" : id);
    if (session == null) {
      throw GoogleError.notFound();
    }
    if (exchange.getRequestMethod().equals("DELETE")) {
      sessions.remove(id);
      return new Answer(499, null, null, new byte[0]);
    }
    var header = exchange.getRequestHeaders().getFirst("Content-Range");
    var range = CONTENT_RANGE.matcher(header == null ? "" : header);
    if (!range.matches()) {
      throw GoogleError.invalid("Content-Range: " + header);
    }
    if (range.group(1) != null) {
      long from = Long.parseLong(range.group(1));
      if (from != session.taken().size()) {
        throw GoogleError.invalid("the next byte is " + session.taken().size() + ", not " + from);
      }
      boolean last = !range.group(3).equals("*");
      if (!last && body.length % UNIT != 0) {
        throw GoogleError.invalid("a chunk must be a multiple of 256 KiB");
      }
      session
          .taken()
          .write(
              body,
              0,
              fault == SheetFault.HALF_TAKEN ? body.length / 2 / UNIT * UNIT : body.length);
    }
    return !range.group(3).equals("*") && Long.parseLong(range.group(3)) == session.taken().size()
        ? done(id, session)
        : resume(session);
  }

  private static Answer resume(Session session) {
    int taken = session.taken().size();
    return new Answer(308, null, taken == 0 ? null : "bytes=0-" + (taken - 1), new byte[0]);
  }

  private Answer done(String id, Session session) throws IOException {
    sessions.remove(id);
    var file =
        new File(
            UUID.randomUUID().toString(),
            session.name(),
            session.parent(),
            session.taken(),
            "2026-01-01T00:00:00.000Z");
    files.put(file.id(), file);
    return json(describe(file));
  }

  private Answer list(Map<String, String> query) throws IOException {
    var q = query.getOrDefault("q", "");
    var parent = PARENT.matcher(q);
    var named = NAMED.matcher(q);
    var folder = parent.find() ? parent.group(1) : null;
    var name = named.find() ? named.group(1).replaceAll("\\\\(.)", "$1") : null;
    int from = Integer.parseInt(query.getOrDefault("pageToken", "0"));
    var matching =
        files.values().stream()
            .filter(file -> folder == null || folder.equals(file.parent()))
            .filter(file -> name == null || name.equals(file.name()))
            .sorted((a, b) -> a.id().compareTo(b.id()))
            .toList();
    var answer = JsonNodeFactory.instance.objectNode();
    var array = answer.putArray("files");
    matching.stream().skip(from).limit(PAGE).forEach(file -> array.add(describe(file)));
    if (matching.size() > from + PAGE) {
      answer.put("nextPageToken", Integer.toString(from + PAGE));
    }
    return json(answer);
  }

  private Answer get(String id, Map<String, String> query) throws IOException {
    var file = files.get(id);
    if ("media".equals(query.get("alt"))) {
      if (file == null) {
        throw GoogleError.notFound();
      }
      return new Answer(200, null, null, file.content().toByteArray());
    }
    // Any other id is a folder that may be written, but for one.
    if (file == null && "introuvable".equals(id)) {
      throw GoogleError.notFound();
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

  private static JsonNode describe(File file) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", file.id())
        .put("name", file.name())
        .put("size", Integer.toString(file.content().size()))
        .put("createdTime", file.modified())
        .put("modifiedTime", file.modified());
  }

  private static Answer json(JsonNode node) throws IOException {
    return new Answer(200, null, null, JSON.writeValueAsBytes(node));
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
