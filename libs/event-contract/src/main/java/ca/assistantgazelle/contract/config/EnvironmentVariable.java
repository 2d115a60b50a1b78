package ca.assistantgazelle.contract.config;

/**
 * Every environment variable that the services and tools read. {@code docs/configuration.md} is generated from this
 * list; a test fails when a variable is read that is not in it.
 */
public enum EnvironmentVariable {
    SCHEDULER_ENV(Reader.ALL, "environment: local, staging or production; selects the timetable", "local"),
    SCHEDULER_ENABLED(Reader.ALL, "whether fires are planned", "true"),
    JOBS_FILE(Reader.ALL, "replaces the bundled job catalogue", null, "/etc/gazelle/jobs.yaml"),
    INSTITUTIONS_FILE(
            Reader.REPORT_AND_ALERT,
            "replaces the bundled list of institutions",
            null,
            "/etc/gazelle/institutions.yaml"),
    API_TOKENS_FILE(
            Reader.ALL,
            "who may call: one line per token, name role sha256:hex; mode 0600. Unset: every call is refused",
            null,
            "/run/secrets/api-tokens"),
    PUBLIC_URL(
            Reader.ALERT,
            "where people reach the system; unset: mails contain no links",
            null,
            "https://gazelle.example.com"),
    QUARKUS_HTTP_PORT(Reader.ALL, "the service's HTTP port", "8080 to 8084, one per service"),
    HOSTNAME(Reader.ALL, "name of the pod or machine in the worker id", "local"),

    PGHOST(Reader.ALL, "database host", "localhost", "db.example.com"),
    PGPORT(Reader.ALL, "database port; a direct or session connection, no transaction pooler", "5432"),
    PGDATABASE(Reader.ALL, "database name", "value of PGUSER"),
    PGUSER(Reader.ALL, "role of the service", "postgres"),
    PGPASSWORD(Reader.ALL, "its password", null, "from a secret"),
    PGSSLMODE(
            Reader.ALL,
            "disable, require, verify-ca or verify-full; allow and prefer only for a database on the same machine",
            "prefer",
            "verify-full"),
    PGSSLROOTCERT(
            Reader.ALL,
            "PEM file of the database's certificate authority, or system; required by verify-ca and verify-full",
            null,
            "/etc/gazelle/database-ca.pem"),
    MIGRATION_PGUSER(Reader.ALL, "role that owns the tables and runs migrations", "value of PGUSER", "gazelle_owner"),
    MIGRATION_PGPASSWORD(Reader.ALL, "its password", null, "from a secret"),

    KAFKA_BOOTSTRAP_SERVERS(Reader.ALL, "brokers", "localhost:9092", "kafka-1:9092,kafka-2:9092"),
    KAFKA_SECURITY_PROTOCOL(Reader.ALL, "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL", "PLAINTEXT"),
    KAFKA_SASL_MECHANISM(Reader.ALL, "SASL mechanism", null, "SCRAM-SHA-512"),
    KAFKA_SASL_JAAS_CONFIG(Reader.ALL, "SASL credentials", null, "from a secret"),
    KAFKA_REPLICATION_FACTOR(Reader.ALL, "replicas of each topic", "the broker's default", "3"),
    KAFKA_MIN_INSYNC_REPLICAS(
            Reader.ALL, "replicas that must have a message before it is acknowledged", "the broker's default", "2"),

    GAZELLE_API_URL(
            Reader.SYNC,
            "full URL of the GraphQL endpoint",
            "Gazelle's private API",
            "https://gazelleapp.io/graphql/private/"),
    GAZELLE_API_KEY(Reader.SYNC, "API key", null, "from a secret"),
    GAZELLE_OAUTH_URL(Reader.SYNC, "full URL of the token endpoint", "Gazelle's"),
    GAZELLE_OAUTH_CLIENT_ID(Reader.SYNC, "OAuth application, instead of a key", null, "app_1"),
    GAZELLE_OAUTH_CLIENT_SECRET(
            Reader.SYNC, "its secret; the stored tokens are encrypted under it", null, "from a secret"),
    GAZELLE_OAUTH_REFRESH_TOKEN(
            Reader.SYNC, "refresh token of a fresh authorisation; replaces the stored one", null, "from a secret"),
    GAZELLE_REQUESTS_PER_SECOND(Reader.SYNC, "rate limit, 0 to 100; 0 = none", "5; none towards this machine"),

    SHEETS_SPREADSHEET_ID(Reader.REPORT, "id in the spreadsheet's address", null, "1ZZs…"),
    GOOGLE_APPLICATION_CREDENTIALS(
            Reader.REPORT_AND_BACKUP,
            "JSON key of a service account, or a user's authorisation for Drive",
            null,
            "/run/secrets/google.json"),
    GOOGLE_API_URL(Reader.REPORT_AND_BACKUP, "base URL of an emulator", "Google's", "http://127.0.0.1:8091"),
    REPORT_FILE(Reader.REPORT, "an .xlsx file instead of a spreadsheet", null, "/var/lib/gazelle/rapport.xlsx"),

    ALERTS_MODE(Reader.ALERT, "off, dry-run, redirect or live", "off in local, dry-run in staging, live in production"),
    ALERTS_REDIRECT_TO(Reader.ALERT, "recipient of every mail in mode redirect", null, "test@example.com"),
    ALERTS_LIVE_ANYWAY(Reader.ALERT, "allows mode live outside production", "false"),
    ADMIN_EMAIL(Reader.ALERT, "recipient of admin notifications", null, "admin@example.com"),
    OFFICE_EMAIL(Reader.ALERT, "recipient of appointments without a technician", null, "bureau@example.com"),
    MAIL_TRANSPORT(Reader.ALERT, "smtp or sendgrid", "sendgrid in production, smtp elsewhere"),
    MAIL_FROM(Reader.ALERT, "sender", null, "Alertes <alertes@example.com>"),
    SMTP_HOST(Reader.ALERT, "SMTP server", "localhost"),
    SMTP_PORT(Reader.ALERT, "SMTP port", "25; 465 with SMTP_TLS=implicit"),
    SMTP_USERNAME(Reader.ALERT, "login; unset: none", null, "alertes"),
    SMTP_PASSWORD(Reader.ALERT, "password", null, "from a secret"),
    SMTP_TLS(Reader.ALERT, "optional, required, implicit or none", "optional"),
    SENDGRID_API_KEY(Reader.ALERT, "SendGrid key with the scope mail.send", null, "from a secret"),
    SENDGRID_API_URL(Reader.ALERT, "base URL of an emulator", "SendGrid's", "http://127.0.0.1:8028"),

    BACKUP_DESTINATIONS(
            Reader.BACKUP,
            "file:///directory, s3://bucket/prefix or gdrive://folder-id, separated by commas or spaces",
            null,
            "s3://backups/gazelle,file:///backups"),
    BACKUP_RECIPIENTS_FILE(
            Reader.BACKUP, "age public keys; unset: no backup is made", null, "/etc/gazelle/recipients.txt"),
    BACKUP_IDENTITY_FILE(
            Reader.BACKUP,
            "age private key, only where backups are restored or drilled",
            null,
            "/run/secrets/identity.txt"),
    BACKUP_RETENTION(
            Reader.BACKUP,
            "how many backups are kept",
            "daily=7, weekly=4, monthly=12, yearly=0, min_verified=2, grace=PT26H",
            "daily=14, monthly=24"),
    BACKUP_DRILL_URL(
            Reader.BACKUP,
            "server on which restore drills create a scratch database",
            null,
            "postgresql://drill@db-test:5432"),
    BACKUP_EXCLUDED_SCHEMAS(Reader.BACKUP, "schemas left out, separated by commas", null, "storage"),
    BACKUP_MAC_KEY_FILE(
            Reader.BACKUP, "HMAC key of the manifests", "a key in the source database", "/run/secrets/manifest-key"),
    BACKUP_S3_PROFILE(
            Reader.BACKUP, "aws or compatible", "aws without AWS_ENDPOINT_URL_S3 or at amazonaws.com, else compatible"),
    BACKUP_STALL_TIMEOUT(Reader.BACKUP, "a destination fails after this time without progress", "PT2M"),
    BACKUP_DUMP_TIMEOUT(Reader.BACKUP, "pg_dump fails after this time without output", "PT5M"),
    AWS_ENDPOINT_URL_S3(Reader.BACKUP, "endpoint of an S3-compatible store", "AWS", "https://s3.example.com"),
    AWS_ACCESS_KEY_ID(Reader.BACKUP, "access key", null, "from a secret"),
    AWS_SECRET_ACCESS_KEY(Reader.BACKUP, "secret key", null, "from a secret"),
    AWS_REGION(Reader.BACKUP, "region", "us-east-1"),

    GAZELLE_URL(Reader.CLI, "URL of the scheduler or gateway", "http://localhost:8000"),
    GAZELLE_TOKEN(Reader.CLI, "token, instead of --token-file", null, "from a secret");

    /** Who reads a variable. */
    public enum Reader {
        ALL("all services"),
        SYNC("sync-service"),
        REPORT("report-service"),
        REPORT_AND_ALERT("report-service, alert-service"),
        REPORT_AND_BACKUP("report-service, backup-service"),
        ALERT("alert-service"),
        BACKUP("backup-service, ./gazelle backup"),
        CLI("./gazelle");

        private final String label;

        Reader(String label) {
            this.label = label;
        }

        /** As it is shown in the documentation. */
        public String label() {
            return label;
        }
    }

    private final Reader reader;
    private final String meaning;
    private final String defaultValue;
    private final String example;

    EnvironmentVariable(Reader reader, String meaning, String defaultValue) {
        this(reader, meaning, defaultValue, null);
    }

    EnvironmentVariable(Reader reader, String meaning, String defaultValue, String example) {
        this.reader = reader;
        this.meaning = meaning;
        this.defaultValue = defaultValue;
        this.example = example;
    }

    public Reader reader() {
        return reader;
    }

    public String meaning() {
        return meaning;
    }

    /** Null when the variable has no default. */
    public String defaultValue() {
        return defaultValue;
    }

    /** Null when the default shows what a value looks like. */
    public String example() {
        return example;
    }
}
