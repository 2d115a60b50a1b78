package ca.assistantgazelle.runner.plan;

import ca.assistantgazelle.contract.config.EnvironmentVariable;
import ca.assistantgazelle.contract.config.RenamedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Settings of external systems to use instead of emulators, read from a file of {@code NAME=value} lines and never from
 * the shell's environment.
 */
public record ExternalSettings(Map<String, String> variables) {
    private static final List<String> ENDPOINT_VARIABLES = List.of(
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

    // The runner sets these itself.
    private static final Set<EnvironmentVariable> RESERVED = EnumSet.of(
            EnvironmentVariable.SCHEDULER_ENV,
            EnvironmentVariable.SCHEDULER_ENABLED,
            EnvironmentVariable.API_TOKENS_FILE,
            EnvironmentVariable.QUARKUS_HTTP_PORT,
            EnvironmentVariable.HOSTNAME,
            EnvironmentVariable.GAZELLE_URL,
            EnvironmentVariable.GAZELLE_TOKEN);

    public static ExternalSettings none() {
        return new ExternalSettings(Map.of());
    }

    /**
     * @throws IllegalArgumentException naming the file, and the line that is not {@code NAME=value} or whose variable
     *     is unknown or renamed
     */
    public static ExternalSettings read(Path file) {
        try {
            var variables = new LinkedHashMap<String, String>();
            for (var line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int equals = requireVariable(file, line);
                    variables.put(
                            line.substring(0, equals),
                            line.substring(equals + 1).strip());
                }
            }
            return new ExternalSettings(variables);
        } catch (IOException e) {
            throw new IllegalArgumentException("--external " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static int requireVariable(Path file, String line) {
        int equals = line.indexOf('=');
        var name = equals < 1 ? "" : line.substring(0, equals);
        var present = RenamedSettings.variableRenamedTo(name);
        if (present != null) {
            throw new IllegalArgumentException("%s: %s was renamed: set %s instead".formatted(file, name, present));
        }
        if (!isSupported(name)) {
            throw new IllegalArgumentException(file
                    + ": every line must be NAME=value with a variable listed in docs/configuration.md; invalid line: "
                    + line.replaceAll("=.*", "=…"));
        }
        return equals;
    }

    // Each setting gazelle.* has a variable of its own: gazelle.api.max-attempts is
    // GAZELLE_API_MAX_ATTEMPTS.
    private static boolean isSupported(String name) {
        return Stream.of(EnvironmentVariable.values())
                .filter(variable -> variable.name().equals(name))
                .map(variable -> !RESERVED.contains(variable))
                .findFirst()
                .orElse(name.matches("(GAZELLE|KAFKA)_[A-Z_]+"));
    }

    /**
     * Sample data must not reach a real database, nor real data a throw-away one.
     *
     * @throws IllegalArgumentException if only one of database and CRM is an external system
     */
    public void requireConsistent() {
        if (has("PGHOST") != has("GAZELLE_API_URL")) {
            throw new IllegalArgumentException(
                    "--external must name both PGHOST and GAZELLE_API_URL or neither: sample data must never reach a real database");
        }
        if (hasMail() && !(has("PGHOST") && has("MAIL_FROM"))) {
            throw new IllegalArgumentException(
                    "--external configures mail but not both PGHOST and MAIL_FROM: mail about sample appointments must never reach real people");
        }
        requireRealDatabaseForBackups();
        if (has("SHEETS_SPREADSHEET_ID") && !has("PGHOST")) {
            throw new IllegalArgumentException(
                    "--external names SHEETS_SPREADSHEET_ID but no PGHOST: sample data must never reach a real spreadsheet");
        }
    }

    private void requireRealDatabaseForBackups() {
        if (has("BACKUP_DESTINATIONS") && !has("PGHOST")) {
            throw new IllegalArgumentException(
                    "--external names BACKUP_DESTINATIONS but no PGHOST: backups of sample data must never be stored among real ones");
        }
    }

    /** Whether to leave out the local destinations: a real database needs BACKUP_DESTINATIONS. */
    public boolean hasBackups() {
        return has("PGHOST") || has("BACKUP_DESTINATIONS");
    }

    /** Whether the report is written to an external spreadsheet or to a file. */
    public boolean hasReport() {
        return has("SHEETS_SPREADSHEET_ID") || has("REPORT_FILE");
    }

    /** Whether mail is sent through an external system. */
    public boolean hasMail() {
        return variables.keySet().stream().anyMatch(name -> name.matches("(MAIL|SMTP|SENDGRID)_.*"));
    }

    public boolean has(String variable) {
        return variables.containsKey(variable);
    }

    /** The external systems in use, without passwords, to be shown to the user before the start. */
    public List<String> endpoints() {
        return ENDPOINT_VARIABLES.stream()
                .filter(variables::containsKey)
                .map(name -> name + "=" + variables.get(name).replaceAll("://[^@/]*@", "://"))
                .toList();
    }
}
