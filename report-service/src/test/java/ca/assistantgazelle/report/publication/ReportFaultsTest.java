package ca.assistantgazelle.report.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.contract.event.RunError;
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
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
@QuarkusTestResource(GoogleEmulatorResource.class)
class ReportFaultsTest {
    private static final List<String> TABS = List.of("UQAM", "Vincent", "Place des Arts", "Alertes Maintenance");

    @Inject
    TimelineFixture fixture;

    @Inject
    ReportJobRunner runner;

    @Inject
    Database database;

    private final GoogleEmulator google = TestEnvironment.get().google();
    private EmulatedSpreadsheet spreadsheet;

    @BeforeEach
    void createThreeInstitutions() {
        google.faults().clear();
        google.requireToken(false);
        google.remove(GoogleEmulatorResource.SPREADSHEET);
        spreadsheet = google.create(GoogleEmulatorResource.SPREADSHEET, "Rapport");
        fixture.empty();
        fixture.client("cli_u", "UQAM");
        fixture.client("cli_v", "Vincent-d'Indy");
        fixture.client("cli_p", "Place des Arts");
        for (var client : List.of("u", "v", "p")) {
            fixture.service("tme_" + client, "cli_" + client, null, "2026-01-10T15:00:00Z", "Housse enlevée");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GoogleFault.class,
            names = {"TOO_MANY_REQUESTS", "SERVER_ERROR", "UNAVAILABLE", "LOST_REQUEST", "LOST_ANSWER"})
    void transientFaultsAreRetried(GoogleFault fault) throws Exception {
        for (int call = 0; call < 7; call++) {
            google.faults().clear();
            google.remove(GoogleEmulatorResource.SPREADSHEET);
            spreadsheet = google.create(GoogleEmulatorResource.SPREADSHEET, "Rapport");
            google.faults().inject(fault, null, call, 2);
            runner.fullRefresh();
            assertMatchesFullRefresh();
        }
    }

    @Test
    void persistentRefusalsFailOnlyTheirTabsAndTheNextRunRepairsThem() throws Exception {
        google.faults().inject(GoogleFault.TOO_MANY_REQUESTS, "\"Vincent\"", 0, 100);
        var error = error();
        assertThat(error.errorClass()).isEqualTo("GOOGLE_BUSY");
        assertThat(error.message()).contains("Vincent:").doesNotContain("UQAM:");
        assertThat(error.retryable()).isTrue();
        assertThat(statuses()).containsExactly("PARTIAL");
        google.faults().clear();
        runner.append();
        assertMatchesFullRefresh();
        assertThat(statuses()).containsExactly("PARTIAL", "SUCCESS");
    }

    @Test
    void theNextRunRepairsACrashAfterAnyCall() throws Exception {
        for (var fault : List.of(GoogleFault.LOST_REQUEST, GoogleFault.LOST_ANSWER)) {
            for (int call = 0; call < 8; call++) {
                fixture.service("tme_" + fault + call, "cli_u", null, "2026-01-11T15:00:00Z", "Accord");
                fixture.service("tme_v" + fault + call, "cli_v", null, "2026-01-11T15:00:00Z", "Accord");
                google.faults().inject(fault, null, call, 1_000);
                try {
                    runner.append();
                } catch (JobFailedException e) {
                    assertThat(e.error().retryable()).isTrue();
                }
                google.faults().clear();
                runner.append();
                assertMatchesFullRefresh();
            }
        }
    }

    @Test
    void eachRefusalHasItsOwnError() {
        google.faults().inject(GoogleFault.FORBIDDEN, null, 0, 100);
        assertThat(error().errorClass()).isEqualTo("SHEET_FORBIDDEN");
        google.faults().clear();
        spreadsheet.setReadOnly(true);
        assertThat(error().errorClass()).isEqualTo("SHEET_READ_ONLY");
        google.remove(GoogleEmulatorResource.SPREADSHEET);
        assertThat(error().errorClass()).isEqualTo("SHEET_NOT_FOUND");
        assertThat(google.unsupportedCalls()).isEmpty();
        google.faults().inject(GoogleFault.UNAUTHORIZED, null, 0, 100);
        var refused = error();
        assertThat(refused.errorClass()).isEqualTo("GOOGLE_CREDENTIALS_MISSING");
        assertThat(refused.retryable()).isFalse();
        assertThat(refused.suggestion()).isNotBlank();
    }

    @Test
    void waitsForALiveRunButNotForADeadOne() throws Exception {
        var other = UUID.randomUUID();
        database.update(
                "insert into automation.lease values ('spreadsheet ' || $1, $2::uuid::text, $2, automation.statement_time() + interval '1 minute')",
                GoogleEmulatorResource.SPREADSHEET,
                other);
        database.update(
                "insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence, lease_until) values ($1, 1, 'report', 'timeline_report_daily', '{}', 'running', 1, automation.statement_time() + interval '1 minute')",
                other);
        var waiting = CompletableFuture.runAsync(() -> appendUnchecked());
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(5))
                .until(() -> !spreadsheet.tabTitles().contains("UQAM"));
        database.update("delete from automation.inbox where run_id = $1", other);
        waiting.get(20, TimeUnit.SECONDS);
        assertMatchesFullRefresh();
    }

    private void appendUnchecked() {
        try {
            runner.append();
        } catch (JobFailedException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aProtectedSpreadsheetRequiresCredentials() {
        google.requireToken(true);
        assertThat(error().errorClass()).isEqualTo("GOOGLE_CREDENTIALS_MISSING");
    }

    @Test
    void anAcknowledgedButLostWriteIsDetected() throws Exception {
        runner.append();
        fixture.service("tme_u", "cli_u", null, "2026-01-10T15:00:00Z", "Housse enlevée encore");
        google.faults().inject(GoogleFault.IGNORED, null, 0, 100);
        assertThat(error().errorClass()).isEqualTo("REPORT_READ_BACK");
        google.faults().clear();
        runner.append();
        assertMatchesFullRefresh();
    }

    @Test
    void aReportTabNameOnAnotherReportTabIsRepaired() throws Exception {
        runner.append();
        SpreadsheetEdits.delete(google, GoogleEmulatorResource.SPREADSHEET, spreadsheet.sheetId("Vincent"));
        SpreadsheetEdits.rename(google, GoogleEmulatorResource.SPREADSHEET, spreadsheet.sheetId("UQAM"), "Vincent");
        runner.append();
        assertMatchesFullRefresh();
    }

    @Test
    void aForcedRunThatCrashedAfterItsWriteDoesNotBlockTheNextRun() throws Exception {
        for (int i = 0; i < 9; i++) {
            fixture.service("tme_x" + i, "cli_u", null, "2026-01-09T15:00:00Z", "Accord");
        }
        runner.append();
        for (int i = 0; i < 9; i++) {
            fixture.delete("tme_x" + i);
        }
        google.faults().inject(GoogleFault.LOST_REQUEST, null, 3, 1_000);
        assertThatThrownBy(runner::force).isInstanceOf(JobFailedException.class);
        google.faults().clear();
        runner.append();
        assertMatchesFullRefresh();
    }

    @Test
    void nothingIsWrittenWhenTheDataCannotBeRead() {
        database.update("alter table gazelle_clients rename to gazelle_clients_away");
        try {
            google.clearCalls();
            assertThatThrownBy(runner::append).isInstanceOf(RuntimeException.class);
            assertThat(google.calls()).isEmpty();
        } finally {
            database.update("alter table gazelle_clients_away rename to gazelle_clients");
        }
    }

    @Test
    void aTabTooLargeForOneRequestIsReplacedAtomically() throws Exception {
        database.update("""
        insert into gazelle_timeline_entries (external_id, entry_type, client_id, occurred_at, description, synced_at)
        select 'tme_l' || i, 'SERVICE_ENTRY_MANUAL', 'cli_v', timestamptz '2020-01-01' + i * interval '1 hour', 'Accord ' || i || repeat(' mécanique', 30), now()
        from generate_series(1, 6000) as i
        """);
        google.clearCalls();
        runner.append();
        assertMatchesFullRefresh();
        assertThat(spreadsheet.displayedRows("Vincent")).hasSize(6_002);
        assertThat(spreadsheet.tabTitles()).noneMatch(tab -> tab.startsWith("_"));
        assertThat(google.calls()).hasSizeLessThanOrEqualTo(12);
        database.update(
                "update gazelle_timeline_entries set description = description || '!' where client_id = 'cli_v'");
        google.faults().inject(GoogleFault.LOST_REQUEST, "copyPaste", 0, 1_000);
        assertThat(error().retryable()).isTrue();
        assertThat(spreadsheet.displayedRows("Vincent")).hasSize(6_002);
        google.faults().clear();
        runner.append();
        assertMatchesFullRefresh();
        assertThat(spreadsheet.tabTitles()).noneMatch(tab -> tab.startsWith("_"));
    }

    private List<String> statuses() {
        return database.list("select status from automation.report_run order by finished_at", row -> row.getString(0));
    }

    private RunError error() {
        return catchThrowableOfType(JobFailedException.class, runner::append).error();
    }

    /** The spreadsheet equals a full refresh of an empty one, and all its rows are recorded. */
    private void assertMatchesFullRefresh() {
        var expected = ExpectedReport.of(database);
        for (var tab : TABS) {
            assertThat(spreadsheet.displayedRows(tab)).as(tab).isEqualTo(expected.get(tab));
            assertThat(database.first(
                            "select count(*) from automation.report_row where tab = $1", row -> row.getLong(0), tab))
                    .hasValue((long) expected.get(tab).size() - 1);
        }
    }
}
