package ca.assistantgazelle.runner.process;

import ca.assistantgazelle.runner.plan.LocalService;
import ca.assistantgazelle.runner.plan.LocalSystemPlan;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Properties;

/**
 * Generates the keys for local backups at the first start, and writes the settings that {@code ./gazelle backup} uses.
 */
final class LocalBackupSetup {
    private static final int HEAP_MEGABYTES = 64;

    private LocalBackupSetup() {}

    static void prepare(LocalSystemPlan plan) {
        try {
            if (!Files.exists(plan.backupKeyDirectory().resolve("recipients.txt"))) {
                generate(plan);
            }
            var settings = new Properties();
            settings.putAll(plan.backupVariables());
            settings.putAll(plan.variables(LocalService.BACKUP));
            settings.remove("PATH");
            var text = new StringWriter();
            settings.store(text, "Default settings of ./gazelle backup");
            plan.home().writeSecret("backup.properties", text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void generate(LocalSystemPlan plan) throws IOException {
        var command = JavaCommandLine.command(
                HEAP_MEGABYTES,
                plan.home().classArchive("backup-command"),
                "-cp",
                LocalService.BACKUP.jar(plan.home().repository()).toString(),
                "ca.assistantgazelle.backup.command.BackupCommand",
                "keygen",
                plan.backupKeyDirectory().toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.exists(plan.backupKeyDirectory().resolve("recipients.txt"))) {
            throw new IOException("Failed to generate the keys for local backups: " + words);
        }
    }
}
