package ca.assistantgazelle.runner.process;

import ca.assistantgazelle.runner.plan.Plan;
import ca.assistantgazelle.runner.plan.Service;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Properties;

/**
 * Keys for local backups, made at the first start, and what {@code ./gazelle backup} needs to know.
 */
final class BackupKeys {
  private static final int HEAP_MEGABYTES = 64;

  private BackupKeys() {}

  static void prepare(Plan plan) {
    try {
      if (!Files.exists(plan.backupKeys().resolve("recipients.txt"))) {
        generate(plan);
      }
      var settings = new Properties();
      settings.putAll(plan.backups());
      settings.putAll(plan.variables(Service.BACKUP));
      settings.remove("PATH");
      var text = new StringWriter();
      settings.store(text, "What ./gazelle backup uses unless it is told otherwise");
      plan.home().writeSecret("backup.properties", text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void generate(Plan plan) throws IOException {
    var command =
        Java.command(
            HEAP_MEGABYTES,
            plan.home().archive("backup-command"),
            "-cp",
            Service.BACKUP.jar(plan.home().repository()).toString(),
            "ca.assistantgazelle.command.BackupCommand",
            "keygen",
            plan.backupKeys().toString());
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!Files.exists(plan.backupKeys().resolve("recipients.txt"))) {
      throw new IOException("the keys for local backups could not be made: " + words);
    }
  }
}
