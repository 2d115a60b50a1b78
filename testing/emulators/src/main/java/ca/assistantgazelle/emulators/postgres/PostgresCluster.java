package ca.assistantgazelle.emulators.postgres;

import ca.assistantgazelle.emulators.CommandRunner;
import ca.assistantgazelle.emulators.EmulatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A PostgreSQL data folder and the settings of its server.
 *
 * @param binaries folder of initdb and postgres
 * @param home must exist; holds the data folder, the log and, during initdb, the password file
 * @param durable false disables fsync, for faster tests
 * @param sessionZone default time zone of sessions
 */
public record PostgresCluster(
        Path binaries, Path home, int port, String password, boolean durable, String sessionZone) {
    Path data() {
        return home.resolve("data");
    }

    Path log() {
        return home.resolve("postgresql.log");
    }

    void initialize() throws IOException {
        if (Files.exists(data().resolve("PG_VERSION"))) {
            return;
        }
        Files.createDirectories(data());
        var passwordFile = home.resolve("password");
        Files.writeString(passwordFile, password);
        try {
            var initdb = CommandRunner.run(UnprivilegedUser.command(
                    home,
                    List.of(
                            binaries.resolve("initdb").toString(),
                            "-D",
                            data().toString(),
                            "-U",
                            PostgresServer.USER,
                            "-E",
                            "UTF8",
                            "--no-locale",
                            "--auth=scram-sha-256",
                            "--pwfile=" + passwordFile,
                            "--no-sync")));
            if (!initdb.succeeded()) {
                throw new EmulatorException("Failed to create the PostgreSQL data folder: " + initdb.output());
            }
        } finally {
            Files.delete(passwordFile);
        }
    }
}
