package ca.assistantgazelle.peers.postgres;

import ca.assistantgazelle.peers.Command;
import ca.assistantgazelle.peers.PeerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL refuses to run as root. A user namespace of its own makes root look like nobody while
 * files stay where they are; where namespaces are forbidden, the process is handed to the user
 * nobody and so is its folder.
 */
final class Unprivileged {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private Unprivileged() {}

  /** The command as it must be started on this machine, working on {@code folder}. */
  static List<String> command(Path folder, List<String> command) {
    if (!ROOT) {
      return command;
    }
    var prefixed = new ArrayList<String>();
    if (Command.run(List.of("unshare", "--user", "true")).succeeded()) {
      prefixed.addAll(List.of("unshare", "--user"));
    } else {
      var handedOver = Command.run(List.of("chown", "-R", "nobody", folder.toString()));
      if (!handedOver.succeeded()) {
        throw new PeerException(
            "PostgreSQL cannot run as root here ("
                + handedOver.output()
                + "). Run ./gazelle as a normal user.");
      }
      prefixed.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
    }
    prefixed.addAll(command);
    return prefixed;
  }
}
