package ca.assistantgazelle.runner.plan;

import ca.assistantgazelle.emulators.s3.S3Server;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a local system is made of.
 *
 * @param environment {@code local}, {@code staging} or {@code production}
 * @param ports as this start uses them
 * @param sample what the emulator holds; without meaning when Gazelle is an outside system
 */
public record Plan(
    Home home,
    Secrets secrets,
    String environment,
    Map<Port, Integer> ports,
    External external,
    Sample sample,
    boolean firstRun) {
  /** Who signs requests to the local S3. */
  public static final String S3_ACCESS_KEY = "gazelle";

  /** The one that Google's emulator holds. */
  public static final String SPREADSHEET = "rapport-timeline-local";

  public int port(Port port) {
    return ports.get(port);
  }

  /** All that a service's process gets: its environment starts empty. */
  public Map<String, String> variables(Service service) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
    variables.put("LANG", "C.UTF-8");
    variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    variables.put("QUARKUS_HTTP_PORT", Integer.toString(port(service.port())));
    variables.put("SCHEDULER_ENV", environment);
    variables.put("SCHEDULER_ENABLED", "true");
    variables.put("API_TOKENS_FILE", secrets.tokensFile().toString());
    if (!external.has("PGHOST")) {
      variables.put("PGHOST", "127.0.0.1");
      variables.put("PGPORT", Integer.toString(port(Port.POSTGRESQL)));
      variables.put("PGDATABASE", "gazelle");
      variables.put("PGUSER", "gazelle");
      variables.put("PGPASSWORD", secrets.databasePassword());
      variables.put("PGSSLMODE", "disable");
    }
    if (!external.has("KAFKA_BOOTSTRAP_SERVERS")) {
      variables.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + port(Port.KAFKA));
    }
    if (service == Service.SYNC && !external.has("GAZELLE_API_URL")) {
      variables.put("GAZELLE_API_URL", gazelleUrl());
      variables.put("GAZELLE_API_KEY", secrets.gazelleApiKey());
    }
    if (service == Service.ALERT && !external.hasMail()) {
      if (external.has("PGHOST")) {
        // What only reaches the local mailbox must not be noted as sent in a real database.
        variables.put("ALERTS_MODE", "off");
      }
      variables.put("SMTP_HOST", "127.0.0.1");
      variables.put("SMTP_PORT", Integer.toString(port(Port.SMTP)));
      variables.put("SMTP_TLS", "none");
      variables.put("MAIL_FROM", "alertes@gazelle-automation.example");
      variables.put("ADMIN_EMAIL", "admin@gazelle-automation.example");
      variables.put("OFFICE_EMAIL", "bureau@gazelle-automation.example");
      variables.put("PUBLIC_URL", gatewayUrl());
    }
    if (service == Service.REPORT && !external.hasReport()) {
      variables.put("SHEETS_SPREADSHEET_ID", SPREADSHEET);
      variables.put("GOOGLE_API_URL", googleUrl());
    }
    if (service == Service.BACKUP && !external.hasBackups()) {
      variables.putAll(backups());
      variables.put("BACKUP_DRILL_URL", "postgresql://127.0.0.1:" + port(Port.POSTGRESQL));
    }
    variables.putAll(external.variables());
    return variables;
  }

  /** Where local backups lie, and both of their keys: here, they are also rehearsed. */
  public Map<String, String> backups() {
    var variables = new LinkedHashMap<String, String>();
    variables.put(
        "BACKUP_DESTINATIONS",
        "file://"
            + home.folder("backups").toUri().getRawPath().replaceAll("/$", "").replace(",", "%2C")
            + " s3://"
            + S3Server.BUCKET
            + "/local");
    variables.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + port(Port.S3));
    variables.put("AWS_ACCESS_KEY_ID", S3_ACCESS_KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", secrets.s3SecretKey());
    variables.put("BACKUP_RECIPIENTS_FILE", backupKeys().resolve("recipients.txt").toString());
    variables.put("BACKUP_IDENTITY_FILE", backupKeys().resolve("identity.txt").toString());
    return variables;
  }

  /** The folder of the keys for local backups. */
  public Path backupKeys() {
    return home.file("backup-keys");
  }

  public String googleUrl() {
    return "http://127.0.0.1:" + port(Port.GOOGLE) + "/";
  }

  /** Where the local messages can be read. */
  public String mailboxUrl() {
    return "http://127.0.0.1:" + port(Port.MAILBOX) + "/";
  }

  /** Where the local report can be read. */
  public String sheetUrl() {
    return googleUrl() + "spreadsheets/d/" + SPREADSHEET;
  }

  public String gazelleUrl() {
    return "http://127.0.0.1:" + port(Port.GAZELLE) + "/graphql/private/";
  }

  public String gatewayUrl() {
    return "http://127.0.0.1:" + port(Port.GATEWAY);
  }
}
