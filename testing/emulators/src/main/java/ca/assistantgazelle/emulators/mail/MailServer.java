package ca.assistantgazelle.emulators.mail;

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
 * An SMTP server that stores messages instead of delivering them, and a web page that shows them.
 *
 * <pre>
 * GET    /                        the mailbox page
 * GET    /api/messages            all messages, newest first
 * GET    /api/messages/{id}       one message
 * GET    /api/messages/{id}/raw   its source
 * DELETE /api/messages            deletes all messages
 * PUT    /control/faults          {"faults": [{"fault": "greylist", "only": "anne", "times": 1}]}
 * DELETE /control/faults
 * </pre>
 */
public final class MailServer implements AutoCloseable {
    /** Silences the library. A strong reference, as the log manager keeps only a weak one. */
    private static final Logger LOG = Logger.getLogger("org.subethamail");

    private final List<ReceivedMail> messages = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private final MailFaults faults = new MailFaults();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TrackedServerSocket serverSocket;
    private final SMTPServer smtp;
    private final HttpServer http;
    private final Clock clock;

    private MailServer(int smtpPort, int pagePort, Clock clock) throws IOException {
        this.clock = clock;
        LOG.setLevel(Level.WARNING);
        this.serverSocket = new TrackedServerSocket();
        this.smtp = new SMTPServer.Builder()
                .hostName("localhost")
                .bindAddress(InetAddress.getLoopbackAddress())
                .port(smtpPort)
                .backlog(100)
                .serverSocketFactory(() -> serverSocket)
                .insertReceivedHeaders(false)
                .messageHandlerFactory(context -> new SmtpMessageHandler(this, context))
                .executorService(threads)
                .maxConnections(200)
                .build();
        smtp.start();
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), pagePort), 0);
        http.setExecutor(threads);
        http.createContext("/", new MailboxHandler(this)::handle);
        http.start();
    }

    /**
     * @param smtpPort on the loopback interface; 0 = any
     * @param pagePort of the web page; 0 = any
     */
    public static MailServer start(int smtpPort, int pagePort, Clock clock) {
        try {
            return new MailServer(smtpPort, pagePort, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Failed to start the mail server on ports " + smtpPort + " (SMTP) and " + pagePort + " (HTTP)", e);
        }
    }

    public int port() {
        return serverSocket.getLocalPort();
    }

    /** The URL of the mailbox page. */
    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
    }

    /** Oldest first. */
    public List<ReceivedMail> messages() {
        return List.copyOf(messages);
    }

    /** Number of SMTP connections accepted so far. */
    public int connections() {
        return serverSocket.accepted();
    }

    public MailFaults faults() {
        return faults;
    }

    public void clear() {
        messages.clear();
    }

    void store(String from, List<String> recipients, String source) {
        messages.add(new ReceivedMail(ids.incrementAndGet(), from, List.copyOf(recipients), clock.instant(), source));
    }

    TrackedServerSocket serverSocket() {
        return serverSocket;
    }

    @Override
    public void close() {
        smtp.stop();
        http.stop(0);
        threads.shutdownNow();
    }
}
