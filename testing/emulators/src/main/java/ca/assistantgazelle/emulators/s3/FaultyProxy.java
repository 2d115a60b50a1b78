package ca.assistantgazelle.emulators.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy in front of an HTTP server that can stall, disconnect, throttle, reject or corrupt the traffic, and
 * records the requests. For tests of backups to a faulty destination.
 */
public final class FaultyProxy implements AutoCloseable {
    private static final int BUFFER = 16 << 10;
    private static final int MAX_HEAD_CHARACTERS = 4_096;
    private static final byte[] SLOW_DOWN = """
            HTTP/1.1 503 Slow Down\r
            Content-Type: application/xml\r
            Content-Length: 72\r
            Connection: close\r
            \r
            <Error><Code>SlowDown</Code><Message>Reduce your rate</Message></Error>\s""".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening;
    private final URI server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Socket> openSockets = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> requestHeads = new ConcurrentLinkedQueue<>();
    private final AtomicLong uploadedBytes = new AtomicLong();
    private final AtomicInteger remainingRejections = new AtomicInteger();
    private volatile String rejectedPart;
    private volatile long stallAfter = Long.MAX_VALUE;
    private volatile long disconnectAfter = Long.MAX_VALUE;
    private volatile long bytesPerSecond;
    private volatile long corruptResponseAfter = -1;
    private volatile long stallResponseAfter = Long.MAX_VALUE;

    private FaultyProxy(ServerSocket listening, URI server) {
        this.listening = listening;
        this.server = server;
    }

    /** Starts a proxy on a free port to the server at that URL. */
    public static FaultyProxy to(String server) {
        try {
            var line = new FaultyProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(server));
            line.threads.execute(line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** After so many more bytes to the server, stalls; connections stay open. */
    public void stallAfter(long bytes) {
        stallAfter = uploadedBytes.get() + bytes;
    }

    /** Responses stall after so many bytes; connections stay open. */
    public void stallResponseAfter(long bytes) {
        stallResponseAfter = bytes;
    }

    /** After so many more bytes to the server, resets the connection, once. */
    public void disconnectAfter(long bytes) {
        disconnectAfter = uploadedBytes.get() + bytes;
    }

    /** Answers requests whose first line contains this text with 503, so many times. */
    public void rejectRequests(String part, int times) {
        rejectedPart = part;
        remainingRejections.set(times);
    }

    /** Limits the throughput to the server to so many bytes per second; 0 = unlimited. */
    public void throttleTo(long bytes) {
        bytesPerSecond = bytes;
    }

    /** Flips one bit in the next response larger than so many bytes. */
    public void corruptResponseAfter(long bytes) {
        corruptResponseAfter = bytes;
    }

    /** Request lines and headers of all requests, possibly truncated. */
    public List<String> requestHeads() {
        return List.copyOf(requestHeads);
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (var socket : openSockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                var peer = new Socket(server.getHost(), server.getPort());
                openSockets.add(client);
                openSockets.add(peer);
                threads.execute(() -> forwardRequest(client, peer));
                threads.execute(() -> forwardResponse(peer, client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    // Closes the client first: it must not receive the server's response to the truncated request.
    private void forwardRequest(Socket client, Socket peer) {
        try (peer;
                client) {
            InputStream in = client.getInputStream();
            OutputStream out = peer.getOutputStream();
            var buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                var head = readHead(buffer, length);
                if (head != null && isRejected(head)) {
                    client.getOutputStream().write(SLOW_DOWN);
                    return;
                }
                long total = uploadedBytes.addAndGet(length);
                while (total > stallAfter && !listening.isClosed()) {
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
                if (total > disconnectAfter) {
                    disconnectAfter = Long.MAX_VALUE;
                    client.setSoLinger(true, 0);
                    return;
                }
                if (bytesPerSecond > 0) {
                    LockSupport.parkNanos(length * Duration.ofSeconds(1).toNanos() / bytesPerSecond);
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException closed) {
            // Closing the sockets also ends the other direction.
            openSockets.remove(client);
        }
    }

    private String readHead(byte[] buffer, int length) {
        var text = new String(buffer, 0, Math.min(length, MAX_HEAD_CHARACTERS), StandardCharsets.ISO_8859_1);
        if (!text.matches("(?s)^(GET|PUT|POST|HEAD|DELETE) .*")) {
            return null;
        }
        requestHeads.add(text);
        return text;
    }

    private boolean isRejected(String head) {
        return rejectedPart != null
                && head.lines().findFirst().orElse("").contains(rejectedPart)
                && remainingRejections.getAndDecrement() > 0;
    }

    private void forwardResponse(Socket peer, Socket client) {
        try (client;
                peer) {
            var in = peer.getInputStream();
            var out = client.getOutputStream();
            var buffer = new byte[BUFFER];
            long answered = 0;
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                answered += length;
                while (answered > stallResponseAfter && !listening.isClosed()) {
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
                if (corruptResponseAfter >= 0 && answered > corruptResponseAfter) {
                    corruptResponseAfter = -1;
                    buffer[length - 1] ^= 1;
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException closed) {
            openSockets.remove(peer);
        }
    }
}
