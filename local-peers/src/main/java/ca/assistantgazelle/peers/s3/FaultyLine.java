package ca.assistantgazelle.peers.s3;

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
 * A line to an HTTP server that can be held, cut, slowed, refused or made to lie, and that
 * remembers what was asked over it. For tests of what a bad destination does to a backup.
 */
public final class FaultyLine implements AutoCloseable {
  private static final int BUFFER = 16 << 10;
  private static final int KEPT_HEAD = 4_096;
  private static final byte[] SLOW_DOWN =
      """
      HTTP/1.1 503 Slow Down\r
      Content-Type: application/xml\r
      Content-Length: 72\r
      Connection: close\r
      \r
      <Error><Code>SlowDown</Code><Message>Reduce your rate</Message></Error>\s"""
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listening;
  private final URI server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<String> heads = new ConcurrentLinkedQueue<>();
  private final AtomicLong up = new AtomicLong();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile String refused;
  private volatile long holdAfter = Long.MAX_VALUE;
  private volatile long cutAfter = Long.MAX_VALUE;
  private volatile long bytesPerSecond;
  private volatile long lieAfter = -1;
  private volatile long holdAnswerAfter = Long.MAX_VALUE;

  private FaultyLine(ServerSocket listening, URI server) {
    this.listening = listening;
    this.server = server;
  }

  /** A line to the server at that address, on a port of its own. */
  public static FaultyLine to(String server) {
    try {
      var line =
          new FaultyLine(
              new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), URI.create(server));
      line.threads.execute(line::accept);
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /** After so many bytes towards the server, nothing goes on, and nobody hangs up. */
  public void holdAfter(long bytes) {
    holdAfter = up.get() + bytes;
  }

  /** The next answer larger than that stops there, and nobody hangs up. */
  public void holdAnswerAfter(long bytes) {
    holdAnswerAfter = bytes;
  }

  /** After so many bytes towards the server, the connection breaks, once. */
  public void cutAfter(long bytes) {
    cutAfter = up.get() + bytes;
  }

  /** Requests whose first line holds this are answered 503, so many times. */
  public void refuse(String part, int times) {
    refused = part;
    refusals.set(times);
  }

  /** No more than so many bytes a second towards the server. */
  public void slowTo(long bytes) {
    bytesPerSecond = bytes;
  }

  /** In the next answer larger than that, one bit is not what the server sent. */
  public void lieAfter(long bytes) {
    lieAfter = bytes;
  }

  /** The beginnings of all requests, with their headers. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (var socket : open) {
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
        open.add(client);
        open.add(peer);
        threads.execute(() -> forward(client, peer));
        threads.execute(() -> back(peer, client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void forward(Socket client, Socket peer) {
    try (client;
        peer) {
      InputStream in = client.getInputStream();
      OutputStream out = peer.getOutputStream();
      var buffer = new byte[BUFFER];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        var head = head(buffer, length);
        if (head != null && isRefused(head)) {
          client.getOutputStream().write(SLOW_DOWN);
          return;
        }
        long total = up.addAndGet(length);
        while (total > holdAfter && !listening.isClosed()) {
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        if (total > cutAfter) {
          cutAfter = Long.MAX_VALUE;
          client.setSoLinger(true, 0);
          return;
        }
        if (bytesPerSecond > 0) {
          LockSupport.parkNanos(length * Duration.ofSeconds(1).toNanos() / bytesPerSecond);
        }
        out.write(buffer, 0, length);
      }
    } catch (IOException closed) {
      // The other direction ends with it.
      open.remove(client);
    }
  }

  private String head(byte[] buffer, int length) {
    var text = new String(buffer, 0, Math.min(length, KEPT_HEAD), StandardCharsets.ISO_8859_1);
    if (!text.matches("(?s)^(GET|PUT|POST|HEAD|DELETE) .*")) {
      return null;
    }
    heads.add(text);
    return text;
  }

  private boolean isRefused(String head) {
    return refused != null
        && head.lines().findFirst().orElse("").contains(refused)
        && refusals.getAndDecrement() > 0;
  }

  private void back(Socket peer, Socket client) {
    try (client;
        peer) {
      var in = peer.getInputStream();
      var out = client.getOutputStream();
      var buffer = new byte[BUFFER];
      long answered = 0;
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        answered += length;
        while (answered > holdAnswerAfter && !listening.isClosed()) {
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        if (lieAfter >= 0 && answered > lieAfter) {
          lieAfter = -1;
          buffer[length - 1] ^= 1;
        }
        out.write(buffer, 0, length);
      }
    } catch (IOException closed) {
      open.remove(peer);
    }
  }
}
