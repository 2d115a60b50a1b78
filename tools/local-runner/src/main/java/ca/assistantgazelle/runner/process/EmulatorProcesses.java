package ca.assistantgazelle.runner.process;

import ca.assistantgazelle.contract.timetable.TimeZones;
import ca.assistantgazelle.emulators.LoopbackPorts;
import ca.assistantgazelle.emulators.gazelle.GazelleEmulator;
import ca.assistantgazelle.emulators.gazelle.SampleCompany;
import ca.assistantgazelle.emulators.gazelle.SampleVolumes;
import ca.assistantgazelle.emulators.google.GoogleEmulator;
import ca.assistantgazelle.emulators.kafka.KafkaBroker;
import ca.assistantgazelle.emulators.mail.MailServer;
import ca.assistantgazelle.emulators.postgres.PostgresBinaries;
import ca.assistantgazelle.emulators.postgres.PostgresCluster;
import ca.assistantgazelle.emulators.postgres.PostgresServer;
import ca.assistantgazelle.emulators.s3.S3Server;
import ca.assistantgazelle.runner.plan.LocalPort;
import ca.assistantgazelle.runner.plan.LocalSystemPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The emulators and embedded servers of a local system: database, broker, Gazelle, Google, mail and S3, except those
 * replaced by external systems.
 */
final class EmulatorProcesses {
    private static final long POLL_INTERVAL_NANOS = 50_000_000;
    private static final long BROKER_TIMEOUT_NANOS = 60_000_000_000L;

    private static final int GOOGLE_WRITES_PER_MINUTE = 60;

    private final LocalSystemPlan plan;
    private final RunnerConsole console;
    private PostgresCluster cluster;
    private PostgresServer postgres;
    private ServiceProcess kafka;
    private GazelleEmulator gazelle;
    private GoogleEmulator google;
    private MailServer mail;
    private S3Server s3;

    EmulatorProcesses(LocalSystemPlan plan, RunnerConsole console) {
        this.plan = plan;
        this.console = console;
    }

    /** The start steps, in order; the broker starts first and is awaited last. */
    List<Runnable> startSteps() {
        var starts = new ArrayList<Runnable>();
        if (!plan.external().has("KAFKA_BOOTSTRAP_SERVERS")) {
            starts.add(this::startBroker);
        }
        if (!plan.external().has("PGHOST")) {
            starts.add(this::startDatabase);
        }
        if (!plan.external().has("GAZELLE_API_URL")) {
            starts.add(this::startGazelle);
        }
        if (!plan.external().hasReport()) {
            starts.add(this::startGoogle);
        }
        if (!plan.external().hasMail()) {
            starts.add(this::startMail);
        }
        if (!plan.external().hasBackups()) {
            starts.add(this::startS3);
        }
        if (!plan.external().has("KAFKA_BOOTSTRAP_SERVERS")) {
            starts.add(this::awaitBroker);
        }
        return starts;
    }

    private void startBroker() {
        kafka = new ServiceProcess(
                "kafka", kafkaCommand(), Map.of("LANG", "C.UTF-8"), plan.home().logFile("kafka"));
        kafka.start();
    }

    private void startDatabase() {
        cluster = new PostgresCluster(
                PostgresBinaries.find(plan.home().folder("cache")),
                plan.home().folder("postgresql"),
                plan.port(LocalPort.POSTGRESQL),
                plan.secrets().databasePassword(),
                true,
                "UTC");
        postgres = PostgresServer.start(cluster);
        console.printStep("PostgreSQL    127.0.0.1:" + plan.port(LocalPort.POSTGRESQL));
    }

    private void startGazelle() {
        gazelle = GazelleEmulator.start(
                plan.port(LocalPort.GAZELLE),
                SampleCompany.create(volumes(), anchor(), Clock.systemUTC()),
                plan.secrets().gazelleApiKey());
        console.printStep("Gazelle       "
                + gazelle.url()
                + " (emulator, "
                + plan.sample().optionValue()
                + " sample)");
    }

    private void startGoogle() {
        google = GoogleEmulator.start(plan.port(LocalPort.GOOGLE), Clock.systemUTC());
        google.create(LocalSystemPlan.SPREADSHEET_ID, "Rapport Timeline (local)");
        google.faults().setWritesPerMinute(GOOGLE_WRITES_PER_MINUTE);
        console.printStep("Google        " + plan.sheetUrl() + " (emulator)");
    }

    private void startMail() {
        mail = MailServer.start(plan.port(LocalPort.SMTP), plan.port(LocalPort.MAILBOX), Clock.systemUTC());
        console.printStep("Mail          " + mail.url() + " (captures mail without delivering it)");
    }

    private void startS3() {
        s3 = S3Server.start(
                plan.home().folder("s3"),
                plan.port(LocalPort.S3),
                LocalSystemPlan.S3_ACCESS_KEY,
                plan.secrets().s3SecretKey());
        LocalBackupSetup.prepare(plan);
        console.printStep("S3            " + s3.url() + " (files in .gazelle/s3)");
    }

    private SampleVolumes volumes() {
        return switch (plan.sample()) {
            case SMALL -> SampleVolumes.SMALL;
            case FULL -> SampleVolumes.FULL;
        };
    }

    Map<String, Long> pids() {
        var pids = new LinkedHashMap<String, Long>();
        if (postgres != null) {
            pids.put("postgresql", postgres.pid());
        }
        if (kafka != null) {
            pids.put("kafka", kafka.pid());
        }
        return pids;
    }

    /** Restarts one process that ended and returns its name; null if all are running. */
    String restartOne() {
        if (postgres != null && !postgres.isAlive()) {
            postgres = PostgresServer.start(cluster);
            return "postgresql";
        }
        if (kafka != null && !kafka.isAlive() && !kafka.isStopping()) {
            kafka.restart();
            return "kafka";
        }
        return null;
    }

    void stop() {
        if (kafka != null) {
            kafka.stop();
        }
        if (gazelle != null) {
            gazelle.close();
        }
        if (google != null) {
            google.close();
        }
        if (mail != null) {
            mail.close();
        }
        if (s3 != null) {
            s3.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        if (kafka != null) {
            kafka.awaitExit();
        }
    }

    private List<String> kafkaCommand() {
        var classPath = plan.home().repository().resolve("tools/local-runner/target/lib") + "/*";
        return JavaCommandLine.command(
                256,
                plan.home().classArchive("kafka"),
                "-Djava.util.logging.config.file=" + kafkaLoggingFile(),
                "-cp",
                classPath,
                KafkaBroker.class.getName(),
                plan.home().folder("kafka").toString(),
                Integer.toString(plan.port(LocalPort.KAFKA)));
    }

    private Path kafkaLoggingFile() {
        var file = plan.home().file("kafka-logging.properties");
        try {
            Files.writeString(file, "handlers=java.util.logging.ConsoleHandler\n.level=WARNING\n");
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitBroker() {
        var limit = System.nanoTime() + BROKER_TIMEOUT_NANOS;
        while (!LoopbackPorts.isOpen(plan.port(LocalPort.KAFKA))) {
            if (!kafka.isAlive() || System.nanoTime() > limit) {
                throw new IllegalStateException("Kafka failed to start:\n" + kafka.logTail());
            }
            LockSupport.parkNanos(POLL_INTERVAL_NANOS);
        }
        console.printStep("Kafka         127.0.0.1:" + plan.port(LocalPort.KAFKA));
    }

    // The sample data is generated around the date of the first start, so that later starts produce
    // the same company.
    private LocalDate anchor() {
        var file = plan.home().file("sample-anchor");
        try {
            if (Files.exists(file)) {
                return LocalDate.parse(Files.readString(file).strip());
            }
            var today = LocalDate.now(Clock.system(TimeZones.MONTREAL));
            Files.writeString(file, today.toString());
            return today;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
