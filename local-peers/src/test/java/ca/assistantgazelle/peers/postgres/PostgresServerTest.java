package ca.assistantgazelle.peers.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.peers.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  @TempDir Path home;

  @Test
  void theBundledServerStartsAndKeepsItsDataBetweenStarts() throws Exception {
    var cluster = cluster(Binaries.bundled(home.resolve("cache")));
    try (var server = PostgresServer.start(cluster)) {
      execute(server, "create table kept (n int)");
    }
    try (var server = PostgresServer.start(cluster)) {
      execute(server, "insert into kept values (1)");
      assertThat(server.isAlive()).isTrue();
    }
    assertThat(Ports.isOpen(cluster.port())).isFalse();
  }

  @Test
  void thePasswordIsNotLeftBehind() throws Exception {
    var cluster = cluster(Binaries.find(home.resolve("cache")));
    try (var server = PostgresServer.start(cluster)) {
      assertThat(server.pid()).isPositive();
      assertThat(cluster.home().resolve("password")).doesNotExist();
    }
  }

  private Cluster cluster(Path binaries) throws Exception {
    return new Cluster(
        binaries,
        Files.createDirectories(home.resolve("pg")),
        Ports.free(),
        "s3cret",
        false,
        "UTC");
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (var connection = server.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
