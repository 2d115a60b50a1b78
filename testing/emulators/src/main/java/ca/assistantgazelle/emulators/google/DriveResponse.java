package ca.assistantgazelle.emulators.google;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;

/** The HTTP response. */
record DriveResponse(int status, String location, String range, ByteBuffer body) {
    DriveResponse(int status, String location, String range, byte[] body) {
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
