package ca.assistantgazelle.bench.alerts;

import ca.assistantgazelle.bench.BenchEnvironment;
import ca.assistantgazelle.bench.BenchReport;
import ca.assistantgazelle.bench.BenchRuns;
import ca.assistantgazelle.bench.BenchmarkScenario;
import ca.assistantgazelle.bench.SeriesStatistics;
import ca.assistantgazelle.runner.plan.SampleSize;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;

/** Alerts for a thousand technicians with ten unconfirmed appointments each. */
public final class AlertsBench implements BenchmarkScenario {
    private static final int ROUNDS = 5;
    private static final int TECHNICIANS = 1_000;

    private final Path repository;

    public AlertsBench(Path repository) {
        this.repository = repository;
    }

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public void run(BenchReport report) throws Exception {
        report.logProgress("starting a system in the production environment, with a local mail server");
        try (var stage = BenchEnvironment.start(repository, SampleSize.SMALL, "production")) {
            fill(stage);
            check(report, stage);
            send(report, stage);
        }
    }

    private static void fill(BenchEnvironment stage) throws SQLException {
        try (var connection = stage.database();
                var statement = connection.createStatement()) {
            statement.execute(
                    "insert into gazelle_clients (external_id, company_name, city, phone) select 'cli_b' || i, 'Client ' || i, 'Montréal', '514 555-0100' from generate_series(0, 4999) as i");
            statement.execute(
                    "insert into users (id, external_id, first_name, last_name, email, gazelle_status) select 'usr_b' || i, 'usr_b' || i, 'Prénom', 'Nom ' || i, 'technicien' || i || '@essai.example', 'ACTIVE' from generate_series(0, 999) as i");
            statement.execute("""
          insert into gazelle_appointments (external_id, client_external_id, technicien, title, start_datetime, appointment_date, is_all_day, status, event_type, confirmed_by_client)
          select 'evt_b' || i, 'cli_b' || i % 5000, 'usr_b' || i % 1000, 'Accord',
            (date_trunc('day', now() at time zone 'America/Toronto') + interval '1 day 8 hours' + i / 1000 * interval '1 hour') at time zone 'America/Toronto',
            (now() at time zone 'America/Toronto')::date + 1, false, 'ACTIVE', 'APPOINTMENT', false
          from generate_series(0, 9999) as i
          """);
            statement.execute("vacuum analyze gazelle_appointments");
        }
    }

    private static void check(BenchReport report, BenchEnvironment stage) {
        var seconds = new ArrayList<Double>();
        long found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            found = stage.api()
                    .get("/alertes-rv/check")
                    .path("total_appointments")
                    .asLong();
            seconds.add((System.nanoTime() - begin) / 1e9);
        }
        report.figure("appointments found", found, "");
        report.atMost("check, 10,000 appointments", SeriesStatistics.of(seconds).median(), "s", 1);
    }

    private static void send(BenchReport report, BenchEnvironment stage) throws Exception {
        var perSecond = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS; i++) {
            try (var connection = stage.database();
                    var statement = connection.createStatement()) {
                statement.execute("truncate automation.notification");
            }
            var run = new BenchRuns(stage.api()).job("alertes_rv_court_terme");
            long sent = run.path("counts").path("mails").path("sent").asLong();
            if (sent < TECHNICIANS) {
                throw new IllegalStateException("Only " + sent + " mails were sent");
            }
            perSecond.add(sent / BenchRuns.seconds(run));
            report.logProgress("round %d: %d mails, %.0f per second", i + 1, sent, perSecond.getLast());
        }
        report.atLeast("mails per second", SeriesStatistics.of(perSecond).median(), "1/s", 100);
    }
}
