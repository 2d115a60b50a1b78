package ca.assistantgazelle.peers.mail;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.subethamail.smtp.server.SMTPServer;

/**
 * An SMTP server that delivers to nobody, and a page where its messages can be read.
 *
 * <pre>
 * GET    /                        the mailbox
 * GET    /api/messages            its messages, newest first
 * GET    /api/messages/{id}       one of them
 * GET    /api/messages/{id}/raw   its source
 * DELETE /api/messages            empties it
 * PUT    /control/faults          {"faults": [{"fault": "greylist", "only": "anne", "times": 1}]}
 * DELETE /control/faults
 * </pre>
 */
public final class MailServer implements AutoCloseable {
  /** Its library tells the world each time it starts; held, or the level would be forgotten. */
  private static final Logger LOG = Logger.getLogger("org.subethamail");

  private final List<ReceivedMail> messages = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private final MailFaults faults = new MailFaults();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Sockets sockets;
  private final SMTPServer smtp;
  private final HttpServer http;
  private final Clock clock;

  private MailServer(int smtpPort, int pagePort, Clock clock) throws IOException {
    this.clock = clock;
    LOG.setLevel(Level.WARNING);
    this.sockets = new Sockets();
    this.smtp =
        new SMTPServer.Builder()
            .hostName("localhost")
            .bindAddress(InetAddress.getLoopbackAddress())
            .port(smtpPort)
            .backlog(100)
            .serverSocketFactory(() -> sockets)
            .insertReceivedHeaders(false)
            .messageHandlerFactory(context -> new Delivery(this, context))
            .executorService(threads)
            .maxConnections(200)
            .build();
    smtp.start();
    this.http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), pagePort), 0);
    http.setExecutor(threads);
    http.createContext("/", new Mailbox(this)::handle);
    http.start();
  }

  /**
   * @param smtpPort on the loopback interface; 0 = any
   * @param pagePort the mailbox's; 0 = any
   */
  public static MailServer start(int smtpPort, int pagePort, Clock clock) {
    try {
      return new MailServer(smtpPort, pagePort, clock);
    } catch (IOException e) {
      throw new UncheckedIOException("port " + smtpPort + " or " + pagePort, e);
    }
  }

  public int port() {
    return sockets.getLocalPort();
  }

  /** The mailbox page. */
  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
  }

  /** Oldest first. */
  public List<ReceivedMail> messages() {
    return List.copyOf(messages);
  }

  /** Connections so far: none means that nobody tried. */
  public int connections() {
    return sockets.accepted();
  }

  public MailFaults faults() {
    return faults;
  }

  public void empty() {
    messages.clear();
  }

  void keep(String from, List<String> recipients, String source) {
    messages.add(
        new ReceivedMail(
            ids.incrementAndGet(), from, List.copyOf(recipients), clock.instant(), source));
  }

  Sockets sockets() {
    return sockets;
  }

  @Override
  public void close() {
    smtp.stop();
    http.stop(0);
    threads.shutdownNow();
  }
}
