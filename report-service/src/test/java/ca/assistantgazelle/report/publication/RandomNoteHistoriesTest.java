package ca.assistantgazelle.report.publication;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.emulators.google.EmulatedSpreadsheet;
import ca.assistantgazelle.emulators.google.GoogleEmulator;
import ca.assistantgazelle.emulators.google.GoogleFault;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.execution.JobFailedException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After any sequence of late, back-dated, edited and deleted notes, appends, and crashes after any call, the
 * spreadsheet equals the result of a full refresh.
 */
@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
@QuarkusTestResource(GoogleEmulatorResource.class)
class RandomNoteHistoriesTest {
    private static final List<String> CLIENTS = List.of("cli_u", "cli_v", "cli_p", "cli_x");
    private static final List<String> TEXTS = List.of(
            "Accord 440",
            "PLS débranché, 21C, 39%",
            "PLS rebranché",
            "Housse enlevée. 20C, 25%",
            "22C, 45%",
            "=A1+1",
            "Réservoir vide, rempli");

    @Inject
    TimelineFixture fixture;

    @Inject
    ReportJobRunner runner;

    @Inject
    Database database;

    private final GoogleEmulator google = TestEnvironment.get().google();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void endLikeAFullRefresh(int seed) throws Exception {
        var random = new Random(seed);
        google.faults().clear();
        google.remove(GoogleEmulatorResource.SPREADSHEET);
        var spreadsheet = google.create(GoogleEmulatorResource.SPREADSHEET, "Rapport");
        fixture.empty();
        fixture.technician("usr_1", "Anne", "Roy");
        fixture.client("cli_u", "UQAM");
        fixture.client("cli_v", "Vincent-d'Indy");
        fixture.client("cli_p", "Place des Arts");
        fixture.client("cli_x", "Académie Tremblay");
        CLIENTS.forEach(client -> fixture.piano("ins" + client.substring(3), client, "1"));
        for (int day = 0; day < 25; day++) {
            for (int i = random.nextInt(8); i >= 0; i--) {
                change(random);
            }
            runWithRandomFault(random);
        }
        google.faults().clear();
        runner.force();
        assertMatchesFullRefresh(spreadsheet);
    }

    private void change(Random random) {
        var id = "tme_" + random.nextInt(60);
        if (random.nextInt(6) == 0) {
            fixture.delete(id);
            return;
        }
        var client = CLIENTS.get(random.nextInt(CLIENTS.size()));
        var owner = random.nextInt(5) == 0 ? CLIENTS.get(random.nextInt(CLIENTS.size())) : client;
        var piano = random.nextInt(4) == 0 ? null : "ins" + owner.substring(3);
        var at = Instant.parse("2026-03-06T00:00:00Z")
                .plusSeconds(random.nextInt(5 * 86_400))
                .toString();
        var text = TEXTS.get(random.nextInt(TEXTS.size()));
        if (random.nextInt(3) == 0) {
            fixture.measurement(id, random.nextBoolean() ? client : null, piano, at, text);
        } else {
            fixture.service(id, client, piano, at, text);
        }
    }

    private void runWithRandomFault(Random random) throws InterruptedException {
        if (random.nextInt(3) == 0) {
            var fault = random.nextBoolean() ? GoogleFault.LOST_ANSWER : GoogleFault.LOST_REQUEST;
            google.faults().inject(fault, null, random.nextInt(8), 1_000);
        }
        try {
            switch (random.nextInt(5)) {
                case 0 -> runner.fullRefresh();
                case 1, 2 -> runner.append();
                default -> runner.force();
            }
        } catch (JobFailedException e) {
            assertThat(e.error().errorClass()).isIn("GOOGLE_UNREACHABLE", "REPORT_WOULD_SHRINK", "REPORT_READ_BACK");
        }
        google.faults().clear();
    }

    private void assertMatchesFullRefresh(EmulatedSpreadsheet spreadsheet) {
        ExpectedReport.of(database)
                .forEach((tab, rows) ->
                        assertThat(spreadsheet.displayedRows(tab)).as(tab).isEqualTo(rows));
    }
}
