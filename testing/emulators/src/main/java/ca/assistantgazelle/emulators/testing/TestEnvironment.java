package ca.assistantgazelle.emulators.testing;

import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.emulators.gazelle.GazelleEmulator;
import ca.assistantgazelle.emulators.gazelle.SampleCompany;
import ca.assistantgazelle.emulators.gazelle.SampleVolumes;
import ca.assistantgazelle.emulators.google.GoogleEmulator;
import ca.assistantgazelle.emulators.kafka.KafkaBroker;
import ca.assistantgazelle.emulators.postgres.PostgresBinaries;
import ca.assistantgazelle.emulators.postgres.PostgresCluster;
import ca.assistantgazelle.emulators.postgres.PostgresServer;
import ca.assistantgazelle.emulators.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;

/** The embedded servers and emulators shared by all tests of a module; each starts on first use. */
public final class TestEnvironment {
    public static final String API_KEY = "test-api-key-0123456789abcdef";

    public static final String S3_ACCESS_KEY = "test-access-key";
    public static final String S3_SECRET_KEY = "test-secret-key-0123456789";

    private static TestEnvironment instance;

    private final Path home;
    private PostgresServer postgres;
    private KafkaBroker kafka;
    private GazelleEmulator gazelle;
    private GoogleEmulator google;
    private S3Server s3;

    private TestEnvironment(Path home) {
        this.home = home;
    }

    /** The environment of this JVM; it is stopped when the JVM exits. */
    public static synchronized TestEnvironment get() {
        if (instance == null) {
            try {
                var peers = new TestEnvironment(Files.createTempDirectory("gazelle-test-"));
                Runtime.getRuntime().addShutdownHook(new Thread(peers::stop));
                instance = peers;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return instance;
    }

    /** Its session time zone is far from Montréal, so that SQL that depends on it fails. */
    public synchronized PostgresServer postgres() {
        if (postgres == null) {
            var folder = folder("postgresql");
            postgres = PostgresServer.start(new PostgresCluster(
                    PostgresBinaries.find(home), folder, LoopbackPorts.findFree(), "test", false, "Pacific/Auckland"));
        }
        return postgres;
    }

    public synchronized KafkaBroker kafka() {
        if (kafka == null) {
            kafka = KafkaBroker.start(folder("kafka"), LoopbackPorts.findFree());
        }
        return kafka;
    }

    /** With the small sample, anchored to today. */
    public synchronized GazelleEmulator gazelle() {
        if (gazelle == null) {
            var clock = Clock.systemUTC();
            var records = SampleCompany.create(
                    SampleVolumes.SMALL, LocalDate.now(clock.withZone(ZoneId.of("America/Toronto"))), clock);
            gazelle = GazelleEmulator.start(0, records, API_KEY);
        }
        return gazelle;
    }

    /** Has no spreadsheets until a test creates one. */
    public synchronized GoogleEmulator google() {
        if (google == null) {
            google = GoogleEmulator.start(0, Clock.systemUTC());
        }
        return google;
    }

    /** Has one bucket, {@link S3Server#BUCKET}. */
    public synchronized S3Server s3() {
        if (s3 == null) {
            s3 = S3Server.start(folder("s3"), LoopbackPorts.findFree(), S3_ACCESS_KEY, S3_SECRET_KEY);
        }
        return s3;
    }

    /** The environment variables of a service that uses the broker and the database. */
    public Map<String, String> environmentVariables() {
        return Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(postgres().port()),
                "PGDATABASE",
                PostgresServer.DATABASE,
                "PGUSER",
                PostgresServer.USER,
                "PGPASSWORD",
                postgres().password(),
                "PGSSLMODE",
                "disable",
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka().bootstrapServers(),
                "kafka.bootstrap.servers",
                kafka().bootstrapServers(),
                "GAZELLE_API_KEY",
                API_KEY);
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(home.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        if (gazelle != null) {
            gazelle.close();
        }
        if (google != null) {
            google.close();
        }
        if (s3 != null) {
            s3.close();
        }
        if (kafka != null) {
            kafka.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        try (var files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
