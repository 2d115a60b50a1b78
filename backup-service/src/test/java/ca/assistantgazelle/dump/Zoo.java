package ca.assistantgazelle.dump;

import ca.assistantgazelle.archive.Keys;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.destination.LocalDirectory;
import ca.assistantgazelle.destination.s3.Profile;
import ca.assistantgazelle.destination.s3.S3Settings;
import ca.assistantgazelle.emulators.s3.S3Server;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.manifest.Manifest;
import ca.assistantgazelle.manifest.Seal;
import ca.assistantgazelle.postgresql.Rows;
import ca.assistantgazelle.postgresql.Source;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A database with one of everything, keys for its backups, and how to make one. */
public final class Zoo {
  public static final KeyPair KEYS = Keys.generate();
  public static final Seal SEAL =
      new Seal("a secret of the tests".getBytes(StandardCharsets.UTF_8));

  /** For a destination that does not answer at all. */
  private static final Duration STALL = Duration.ofSeconds(4);

  private static boolean made;

  private Zoo() {}

  /** Made when first asked for. */
  public static synchronized Source source() throws IOException, SQLException {
    var server = server();
    if (!made) {
      create("zoo");
      made = true;
    }
    return server.database("zoo");
  }

  /** The module's server; its database's name is that of the services' own. */
  public static Source server() {
    var postgres = TestEnvironment.get().postgres();
    return new Source(
        "127.0.0.1", postgres.port(), "gazelle", "gazelle", postgres.password(), "disable");
  }

  /** A further zoo of that name. */
  public static Source create(String name) throws IOException, SQLException {
    var server = server();
    try (var session = server.connect()) {
      Rows.execute(session, "drop database if exists " + name + " with (force)");
      for (var role : List.of("zoo_lecteur", "zoo_authentifie", "\"Zoo Rôle\"")) {
        if (Rows.is(
            session,
            "select not exists (select from pg_roles where rolname = ?)",
            role.replace("\"", ""))) {
          continue;
        }
        Rows.execute(session, "drop owned by " + role + " cascade");
      }
      Rows.execute(session, "create database " + name);
    }
    var sql =
        new String(
            Zoo.class.getResourceAsStream("/zoo.sql").readAllBytes(), StandardCharsets.UTF_8);
    try (var session = server.database(name).connect()) {
      for (var role : List.of("zoo_lecteur", "zoo_authentifie", "\"Zoo Rôle\"")) {
        if (Rows.is(
            session,
            "select exists (select from pg_roles where rolname = ?)",
            role.replace("\"", ""))) {
          sql = sql.replace("create role " + role + " nologin;", "");
        }
      }
      Rows.execute(session, sql);
    }
    return server.database(name);
  }

  public static List<RecipientStanzaReader> identities() {
    try {
      return List.of(
          X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(Keys.identity(KEYS)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Destination directory(Path folder) {
    return new LocalDirectory(folder);
  }

  public static Destination bucket(String prefix) {
    return bucket(prefix, TestEnvironment.get().s3().url(), Profile.COMPATIBLE);
  }

  public static Destination bucket(String prefix, String url, Profile profile) {
    return new S3Settings(
            URI.create(url),
            TestEnvironment.S3_ACCESS_KEY,
            TestEnvironment.S3_SECRET_KEY,
            "us-east-1",
            profile,
            Duration.ofSeconds(20),
            Duration.ofMillis(50))
        .bucket(S3Server.BUCKET, prefix);
  }

  /** With the private key at hand. */
  public static Order order(Source source, Destination... destinations) {
    return order(source, identities(), List.of(), destinations);
  }

  public static Order order(
      Source source,
      List<RecipientStanzaReader> identities,
      List<String> excluded,
      Destination... destinations) {
    return new Order(
        source,
        "test",
        "run",
        "manual",
        excluded,
        List.of(Keys.recipient(KEYS)),
        identities,
        List.of(destinations),
        0,
        STALL,
        Duration.ofSeconds(30));
  }

  public static Backup.Outcome back(Order order) throws IOException, InterruptedException {
    return new Backup(order, SEAL, new Listener(manifest -> {}), Clock.systemUTC()).run();
  }

  /** Hears what a backup says. */
  public record Listener(Consumer<Manifest> fence, ConcurrentLinkedQueue<String> lines)
      implements Watcher {
    public Listener(Consumer<Manifest> fence) {
      this(fence, new ConcurrentLinkedQueue<>());
    }

    @Override
    public void said(String line) {
      lines.add(line);
    }

    @Override
    public void progress(String phase, long bytes, Map<String, Long> taken) {
      lines.add(phase + " " + bytes);
    }

    @Override
    public void beforePublishing(Destination destination, Manifest manifest) {
      fence.accept(manifest);
    }
  }
}
