package ca.assistantgazelle.emulators.postgres;

import ca.assistantgazelle.emulators.CommandRunner;
import ca.assistantgazelle.emulators.EmulatorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs PostgreSQL as an unprivileged user, since it refuses to run as root: in a user namespace or, where namespaces
 * are not permitted, as the system user {@code nobody}, which then also owns the folder.
 */
final class UnprivilegedUser {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private UnprivilegedUser() {}

    /**
     * The command, prefixed if the current user is root.
     *
     * @param folder the command reads and writes; its owner may change
     */
    static List<String> command(Path folder, List<String> command) {
        if (!ROOT) {
            return command;
        }
        var prefixed = new ArrayList<String>();
        if (CommandRunner.run(List.of("unshare", "--user", "true")).succeeded()) {
            prefixed.addAll(List.of("unshare", "--user"));
        } else {
            var ownerChange = CommandRunner.run(List.of("chown", "-R", "nobody", folder.toString()));
            if (!ownerChange.succeeded()) {
                throw new EmulatorException(
                        "PostgreSQL cannot run as root, and switching to an unprivileged user failed ("
                                + ownerChange.output()
                                + "). Run ./gazelle as a normal user.");
            }
            prefixed.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        prefixed.addAll(command);
        return prefixed;
    }
}
