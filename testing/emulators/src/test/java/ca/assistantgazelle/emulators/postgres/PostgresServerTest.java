package ca.assistantgazelle.emulators.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.emulators.LoopbackPorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    Path home;

    @Test
    void theBundledServerStartsAndKeepsItsDataBetweenStarts() throws Exception {
        var cluster = cluster(PostgresBinaries.bundled(home.resolve("cache")));
        try (var server = PostgresServer.start(cluster)) {
            execute(server, "create table kept (n int)");
        }
        try (var server = PostgresServer.start(cluster)) {
            execute(server, "insert into kept values (1)");
            assertThat(server.isAlive()).isTrue();
        }
        assertThat(LoopbackPorts.isOpen(cluster.port())).isFalse();
    }

    @Test
    void thePasswordFileIsDeleted() throws Exception {
        var cluster = cluster(PostgresBinaries.find(home.resolve("cache")));
        try (var server = PostgresServer.start(cluster)) {
            assertThat(server.pid()).isPositive();
            assertThat(cluster.home().resolve("password")).doesNotExist();
        }
    }

    private PostgresCluster cluster(Path binaries) throws Exception {
        return new PostgresCluster(
                binaries,
                Files.createDirectories(home.resolve("pg")),
                LoopbackPorts.findFree(),
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
