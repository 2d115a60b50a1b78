package ca.assistantgazelle.runner.plan;

import ca.assistantgazelle.emulators.s3.S3Server;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configuration of a local system.
 *
 * @param environment {@code local}, {@code staging} or {@code production}
 * @param ports the port numbers in use
 * @param sample sample company of the Gazelle emulator; unused if Gazelle is an external system
 */
public record LocalSystemPlan(
        StateDirectory home,
        LocalSecrets secrets,
        String environment,
        Map<LocalPort, Integer> ports,
        ExternalSettings external,
        SampleSize sample,
        boolean firstRun) {
    /** The access key of the local S3 server. */
    public static final String S3_ACCESS_KEY = "gazelle";

    /** The id of the spreadsheet in the Google emulator. */
    public static final String SPREADSHEET_ID = "rapport-timeline-local";

    public int port(LocalPort port) {
        return ports.get(port);
    }

    /** The complete environment of a service's process. */
    public Map<String, String> variables(LocalService service) {
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
            variables.put("PGPORT", Integer.toString(port(LocalPort.POSTGRESQL)));
            variables.put("PGDATABASE", "gazelle");
            variables.put("PGUSER", "gazelle");
            variables.put("PGPASSWORD", secrets.databasePassword());
            variables.put("PGSSLMODE", "disable");
        }
        if (!external.has("KAFKA_BOOTSTRAP_SERVERS")) {
            variables.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + port(LocalPort.KAFKA));
        }
        if (service == LocalService.SYNC && !external.has("GAZELLE_API_URL")) {
            variables.put("GAZELLE_API_URL", gazelleUrl());
            variables.put("GAZELLE_API_KEY", secrets.gazelleApiKey());
        }
        if (service == LocalService.ALERT && !external.hasMail()) {
            variables.putAll(mailVariables());
        }
        if (service == LocalService.REPORT && !external.hasReport()) {
            variables.put("SHEETS_SPREADSHEET_ID", SPREADSHEET_ID);
            variables.put("GOOGLE_API_URL", googleUrl());
        }
        if (service == LocalService.BACKUP && !external.hasBackups()) {
            variables.putAll(backupVariables());
            variables.put("BACKUP_DRILL_URL", "postgresql://127.0.0.1:" + port(LocalPort.POSTGRESQL));
        }
        variables.putAll(external.variables());
        return variables;
    }

    private Map<String, String> mailVariables() {
        var variables = new LinkedHashMap<String, String>();
        if (external.has("PGHOST")) {
            // Mail to the local mailbox must not be recorded as sent in a real database.
            variables.put("ALERTS_MODE", "off");
        }
        variables.put("MAIL_TRANSPORT", "smtp");
        variables.put("SMTP_HOST", "127.0.0.1");
        variables.put("SMTP_PORT", Integer.toString(port(LocalPort.SMTP)));
        variables.put("SMTP_TLS", "none");
        variables.put("MAIL_FROM", "alertes@gazelle-automation.example");
        variables.put("ADMIN_EMAIL", "admin@gazelle-automation.example");
        variables.put("OFFICE_EMAIL", "bureau@gazelle-automation.example");
        variables.put("PUBLIC_URL", gatewayUrl());
        return variables;
    }

    /** Destinations and both keys of local backups; the private one is needed for restore drills. */
    public Map<String, String> backupVariables() {
        var variables = new LinkedHashMap<String, String>();
        variables.put(
                "BACKUP_DESTINATIONS",
                "file://"
                        + home.folder("backups")
                                .toUri()
                                .getRawPath()
                                .replaceAll("/$", "")
                                .replace(",", "%2C")
                        + " s3://"
                        + S3Server.BUCKET
                        + "/local");
        variables.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:" + port(LocalPort.S3));
        variables.put("AWS_ACCESS_KEY_ID", S3_ACCESS_KEY);
        variables.put("AWS_SECRET_ACCESS_KEY", secrets.s3SecretKey());
        variables.put(
                "BACKUP_RECIPIENTS_FILE",
                backupKeyDirectory().resolve("recipients.txt").toString());
        variables.put(
                "BACKUP_IDENTITY_FILE",
                backupKeyDirectory().resolve("identity.txt").toString());
        return variables;
    }

    /** The directory with the keys for local backups. */
    public Path backupKeyDirectory() {
        return home.file("backup-keys");
    }

    public String googleUrl() {
        return "http://127.0.0.1:" + port(LocalPort.GOOGLE) + "/";
    }

    /** The URL of the local mailbox. */
    public String mailboxUrl() {
        return "http://127.0.0.1:" + port(LocalPort.MAILBOX) + "/";
    }

    /** The URL of the local report. */
    public String sheetUrl() {
        return googleUrl() + "spreadsheets/d/" + SPREADSHEET_ID;
    }

    public String gazelleUrl() {
        return "http://127.0.0.1:" + port(LocalPort.GAZELLE) + "/graphql/private/";
    }

    public String gatewayUrl() {
        return "http://127.0.0.1:" + port(LocalPort.GATEWAY);
    }
}
