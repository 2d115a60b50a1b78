package ca.assistantgazelle.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.database.DatabaseMigrations;
import ca.assistantgazelle.database.DatabaseSettings;
import ca.assistantgazelle.database.DatabaseTls;
import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.emulators.postgres.PostgresBinaries;
import ca.assistantgazelle.emulators.postgres.PostgresCluster;
import ca.assistantgazelle.emulators.postgres.PostgresServer;
import ca.assistantgazelle.emulators.testing.TestCertificates;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One TLS policy for the reactive client and JDBC, against a real server with certificates of the test's own. */
class DatabaseTlsTest {
    @TempDir
    static Path folder;

    private static PostgresServer server;
    private static Vertx vertx;
    private static Path authority;
    private static Path otherAuthority;
    private static TestCertificates certificates;
    private static final Map<String, TestCertificates.ServerCertificate> ISSUED = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        certificates = new TestCertificates(Files.createDirectory(folder.resolve("ca")));
        authority = certificates.authority();
        otherAuthority = new TestCertificates(Files.createDirectory(folder.resolve("other"))).authority();
        var home = Files.createTempDirectory("gazelle-tls");
        server = PostgresServer.start(new PostgresCluster(
                PostgresBinaries.find(home), home, LoopbackPorts.findFree(), "secret", false, "UTC"));
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "verify-full, right, localhost, true",
        "verify-full, other, localhost, false",
        "verify-full, right, wrong name, false",
        "verify-full, right, expired, false",
        "verify-ca, right, wrong name, true",
        "verify-ca, other, localhost, false",
        "verify-ca, right, expired, false",
        "require, none, localhost, true",
        "require, none, wrong name, true",
        "require, other, localhost, false"
    })
    void theServerIsVerifiedAsTheModeAsks(String mode, String root, String certificate, boolean connects)
            throws Exception {
        useCertificate(certificate);
        var path = root.equals("none") ? null : root.equals("right") ? authority.toString() : otherAuthority.toString();
        var tls = DatabaseTls.of(mode, path, "localhost");
        if (connects) {
            assertThat(encryptedByPool(tls)).isTrue();
            assertThat(encryptedByJdbc(tls)).isTrue();
        } else {
            assertThatThrownBy(() -> encryptedByPool(tls)).isInstanceOf(Exception.class);
            assertThatThrownBy(() -> encryptedByJdbc(tls)).isInstanceOf(Exception.class);
        }
    }

    @Test
    void modesThatMayGoOnInClearAreRefusedTowardsAnotherMachine() {
        for (var mode : new String[] {"prefer", "allow"}) {
            assertThatThrownBy(() -> DatabaseTls.of(mode, null, "192.0.2.1"))
                    .hasMessageContaining("PGSSLMODE is " + mode)
                    .hasMessageContaining("verify-full");
            assertThat(DatabaseTls.of(mode, null, "127.0.0.1").verifies()).isFalse();
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> DatabaseTls.of("verify-full", null, "localhost"))
                .hasMessageContaining("PGSSLROOTCERT");
        assertThatThrownBy(() -> DatabaseTls.of("verify-full", "/absent.pem", "localhost"))
                .hasMessageContaining("/absent.pem");
        assertThatThrownBy(() -> DatabaseTls.of("on", null, "localhost")).hasMessageContaining("'on'");
    }

    private static void useCertificate(String kind) throws Exception {
        var issued = ISSUED.computeIfAbsent(kind, DatabaseTlsTest::issue);
        var before = loadTime();
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            store(statement, "server.crt", Files.readString(issued.certificate()));
            store(statement, "server.key", issued.key());
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> !loadTime().equals(before));
    }

    private static TestCertificates.ServerCertificate issue(String kind) {
        return switch (kind) {
            case "localhost" -> certificates.issue("good", "dns:localhost", "-1d");
            case "expired" -> certificates.issue("expired", "dns:localhost", "-10d");
            default -> certificates.issue("named", "dns:db.example.com", "-1d");
        };
    }

    // When the process that accepts connections has last read its settings and certificates.
    private static String loadTime() throws Exception {
        try (var connection = server.connect();
                var rows = connection.createStatement().executeQuery("select pg_conf_load_time()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    // Written by the server itself, which refuses a key that belongs to somebody else.
    private static void store(Statement statement, String file, String content) throws Exception {
        statement.execute("copy (select unnest(string_to_array('"
                + content.replace("\r", "").strip() + "', E'\\n'))) to program 'umask 077; cat > " + file + "'");
    }

    private static boolean encryptedByPool(DatabaseTls tls) throws Exception {
        var options = new PgConnectOptions()
                .setHost("localhost")
                .setPort(server.port())
                .setDatabase(PostgresServer.DATABASE)
                .setUser(PostgresServer.USER)
                .setPassword(server.password());
        PostgresClientOptions.apply(tls, options);
        var pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(options)
                .using(vertx)
                .build();
        try {
            return pool.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                    .execute()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .iterator()
                    .next()
                    .getBoolean(0);
        } finally {
            pool.close();
        }
    }

    private static boolean encryptedByJdbc(DatabaseTls tls) throws Exception {
        new DatabaseMigrations(
                        new DatabaseSettings(
                                "localhost",
                                server.port(),
                                PostgresServer.DATABASE,
                                PostgresServer.USER,
                                server.password(),
                                tls),
                        PostgresServer.USER)
                .run();
        return true;
    }
}
