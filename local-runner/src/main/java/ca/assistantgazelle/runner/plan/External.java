package ca.assistantgazelle.runner.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Outside systems that a person names on purpose, in a file of {@code NAME=value} lines; nothing
 * comes from the shell.
 */
public record External(Map<String, String> variables) {
  private static final List<String> HOSTS =
      List.of(
          "PGHOST",
          "KAFKA_BOOTSTRAP_SERVERS",
          "GAZELLE_API_URL",
          "SHEETS_SPREADSHEET_ID",
          "GOOGLE_API_URL",
          "REPORT_FILE",
          "BACKUP_DESTINATIONS",
          "AWS_ENDPOINT_URL_S3",
          "SMTP_HOST",
          "SENDGRID_API_URL",
          "MAIL_FROM");

  private static final Pattern KNOWN =
      Pattern.compile(
          "PG(HOST|PORT|DATABASE|USER|PASSWORD|SSLMODE)|MIGRATION_PG(USER|PASSWORD)|KAFKA_[A-Z_]+|GAZELLE_[A-Z_]+|JOBS_FILE|INSTITUTIONS_FILE|SHEETS_SPREADSHEET_ID|GOOGLE_(API_URL|APPLICATION_CREDENTIALS)|REPORT_FILE|BACKUP_[A-Z0-9_]+|AWS_[A-Z0-9_]+|ALERTS_[A-Z_]+|(ADMIN|OFFICE)_EMAIL|MAIL_[A-Z]+|SMTP_[A-Z]+|SENDGRID_API_(KEY|URL)|PUBLIC_URL");

  public static External none() {
    return new External(Map.of());
  }

  /**
   * @throws IllegalArgumentException naming the file, and the line that is not {@code NAME=value}
   */
  public static External read(Path file) {
    try {
      var variables = new LinkedHashMap<String, String>();
      for (var line : Files.readAllLines(file)) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        int equals = line.indexOf('=');
        if (equals < 1 || !KNOWN.matcher(line.substring(0, equals)).matches()) {
          throw new IllegalArgumentException(
              file
                  + ": every line must read NAME=value, with a name of the README's table of variables; this one does not: "
                  + line.replaceAll("=.*", "=…"));
        }
        variables.put(line.substring(0, equals), line.substring(equals + 1).strip());
      }
      return new External(variables);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--external " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Invented data must not reach a real database, nor real data a throw-away one.
   *
   * @throws IllegalArgumentException when only one of database and CRM is an outside system
   */
  public void requireConsistent() {
    if (has("PGHOST") != has("GAZELLE_API_URL")) {
      throw new IllegalArgumentException(
          "--external must name both PGHOST and GAZELLE_API_URL or neither: invented data must never reach a real database");
    }
    if (hasMail() && !(has("PGHOST") && has("MAIL_FROM"))) {
      throw new IllegalArgumentException(
          "--external names a mail server but not both PGHOST and MAIL_FROM: invented appointments must never reach real people");
    }
    requireRealBackups();
    if (has("SHEETS_SPREADSHEET_ID") && !has("PGHOST")) {
      throw new IllegalArgumentException(
          "--external names SHEETS_SPREADSHEET_ID but no PGHOST: invented data must never reach a real spreadsheet");
    }
  }

  private void requireRealBackups() {
    if (has("BACKUP_DESTINATIONS") && !has("PGHOST")) {
      throw new IllegalArgumentException(
          "--external names BACKUP_DESTINATIONS but no PGHOST: backups of invented data must never lie among real ones");
    }
  }

  /** Backups are kept where the file says, or, of a real database, nowhere unless it says so. */
  public boolean hasBackups() {
    return has("PGHOST") || has("BACKUP_DESTINATIONS");
  }

  /** The report is written to a spreadsheet or file of one's own. */
  public boolean hasReport() {
    return has("SHEETS_SPREADSHEET_ID") || has("REPORT_FILE");
  }

  /** Letters leave over an outside system. */
  public boolean hasMail() {
    return variables.keySet().stream().anyMatch(name -> name.matches("(MAIL|SMTP|SENDGRID)_.*"));
  }

  public boolean has(String variable) {
    return variables.containsKey(variable);
  }

  /** What will be reached outside this machine's own peers, for the person to see before it is. */
  public List<String> hosts() {
    return HOSTS.stream()
        .filter(variables::containsKey)
        .map(name -> name + "=" + variables.get(name).replaceAll("://[^@/]*@", "://"))
        .toList();
  }
}
