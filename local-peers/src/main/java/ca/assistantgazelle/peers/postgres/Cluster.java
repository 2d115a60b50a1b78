package ca.assistantgazelle.peers.postgres;

import ca.assistantgazelle.peers.Command;
import ca.assistantgazelle.peers.PeerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A data folder and how to serve it.
 *
 * @param binaries folder of initdb and postgres
 * @param home holds the data folder, the log and the password file; must exist
 * @param durable false trades safety for speed, for tests
 * @param sessionZone time zone of sessions that set none
 */
public record Cluster(
    Path binaries, Path home, int port, String password, boolean durable, String sessionZone) {
  Path data() {
    return home.resolve("data");
  }

  Path log() {
    return home.resolve("postgresql.log");
  }

  void create() throws IOException {
    if (Files.exists(data().resolve("PG_VERSION"))) {
      return;
    }
    Files.createDirectories(data());
    var passwordFile = home.resolve("password");
    Files.writeString(passwordFile, password);
    try {
      var initdb =
          Command.run(
              Unprivileged.command(
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
        throw new PeerException("PostgreSQL's data folder could not be made: " + initdb.output());
      }
    } finally {
      Files.delete(passwordFile);
    }
  }
}
