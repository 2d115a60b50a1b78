package ca.assistantgazelle.peers.gazelle;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Ways to answer an HTTP request, the broken ones included. */
final class Answers {
  private Answers() {}

  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** A byte at a time, until all is sent or the reader has gone. */
  static void drip(HttpExchange exchange, byte[] body, Duration pause) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    for (byte one : body) {
      exchange.getResponseBody().write(one);
      exchange.getResponseBody().flush();
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** Announces the whole body, sends half of it and closes the connection. */
  static void breakOff(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(Arrays.copyOf(body, body.length / 2));
    exchange.getResponseBody().flush();
  }
}
