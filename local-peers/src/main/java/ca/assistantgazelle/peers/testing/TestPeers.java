package ca.assistantgazelle.peers.testing;

import ca.assistantgazelle.peers.Ports;
import ca.assistantgazelle.peers.gazelle.GazelleEmulator;
import ca.assistantgazelle.peers.gazelle.SampleCompany;
import ca.assistantgazelle.peers.gazelle.Volumes;
import ca.assistantgazelle.peers.google.GoogleEmulator;
import ca.assistantgazelle.peers.kafka.KafkaBroker;
import ca.assistantgazelle.peers.postgres.Binaries;
import ca.assistantgazelle.peers.postgres.Cluster;
import ca.assistantgazelle.peers.postgres.PostgresServer;
import ca.assistantgazelle.peers.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;

/**
 * One broker, one database and one Gazelle for all tests of a module, started when first asked for.
 */
public final class TestPeers {
  public static final String API_KEY = "test-api-key-0123456789abcdef";

  public static final String S3_ACCESS_KEY = "test-access-key";
  public static final String S3_SECRET_KEY = "test-secret-key-0123456789";

  private static TestPeers instance;

  private final Path home;
  private PostgresServer postgres;
  private KafkaBroker kafka;
  private GazelleEmulator gazelle;
  private GoogleEmulator google;
  private S3Server s3;

  private TestPeers(Path home) {
    this.home = home;
  }

  /** The peers of this JVM; they stop with it. */
  public static synchronized TestPeers get() {
    if (instance == null) {
      try {
        var peers = new TestPeers(Files.createTempDirectory("gazelle-peers-"));
        Runtime.getRuntime().addShutdownHook(new Thread(peers::stop));
        instance = peers;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return instance;
  }

  /** Sessions run in a zone nobody in Montréal uses, so that SQL leaning on it fails. */
  public synchronized PostgresServer postgres() {
    if (postgres == null) {
      var folder = folder("postgresql");
      postgres =
          PostgresServer.start(
              new Cluster(
                  Binaries.find(home), folder, Ports.free(), "test", false, "Pacific/Auckland"));
    }
    return postgres;
  }

  public synchronized KafkaBroker kafka() {
    if (kafka == null) {
      kafka = KafkaBroker.start(folder("kafka"), Ports.free());
    }
    return kafka;
  }

  /** The small sample around today. */
  public synchronized GazelleEmulator gazelle() {
    if (gazelle == null) {
      var clock = Clock.systemUTC();
      var records =
          SampleCompany.create(
              Volumes.SMALL, LocalDate.now(clock.withZone(ZoneId.of("America/Toronto"))), clock);
      gazelle = GazelleEmulator.start(0, records, API_KEY);
    }
    return gazelle;
  }

  /** Without any spreadsheet yet. */
  public synchronized GoogleEmulator google() {
    if (google == null) {
      google = GoogleEmulator.start(0, Clock.systemUTC());
    }
    return google;
  }

  /** One bucket, {@link S3Server#BUCKET}. */
  public synchronized S3Server s3() {
    if (s3 == null) {
      s3 = S3Server.start(folder("s3"), Ports.free(), S3_ACCESS_KEY, S3_SECRET_KEY);
    }
    return s3;
  }

  /** The environment variables of a service that uses the broker and the database. */
  public Map<String, String> environment() {
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
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
