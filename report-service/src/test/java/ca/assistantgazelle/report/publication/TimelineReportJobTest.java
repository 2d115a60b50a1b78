package ca.assistantgazelle.report.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.emulators.google.EmulatedSpreadsheet;
import ca.assistantgazelle.emulators.google.GoogleEmulator;
import ca.assistantgazelle.emulators.testing.RequiredChannelSettings;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.report.timeline.ReportColumns;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.execution.JobFailedException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
@QuarkusTestResource(GoogleEmulatorResource.class)
class TimelineReportJobTest {
    @Inject
    TimelineFixture fixture;

    @Inject
    ReportJobRunner runner;

    @Inject
    Database database;

    private final GoogleEmulator google = TestEnvironment.get().google();
    private EmulatedSpreadsheet spreadsheet;

    @BeforeEach
    void createEmptySpreadsheet() {
        google.faults().clear();
        google.remove(GoogleEmulatorResource.SPREADSHEET);
        spreadsheet = google.create(GoogleEmulatorResource.SPREADSHEET, "Rapport");
        fixture.empty();
        fixture.technician("usr_1", "Anne", "Roy");
        fixture.client("cli_u", "Centre Pierre-Péladeau/UQAM");
        fixture.client("cli_v", "École de musique Vincent-d’Indy");
        fixture.client("cli_f", "Fondation Vincent d'Indy");
        fixture.client("cli_p", "PLACE-DES-ARTS");
        fixture.person("cli_x", "Vincent", "Tremblay");
        fixture.piano("ins_u", "cli_u", "00042");
        fixture.piano("ins_v", "cli_v", "7");
        fixture.piano("ins_p", "cli_p", "8");
    }

    @Test
    void everyChannelIsSetSoThatNothingIsLost() {
        var config = ConfigProvider.getConfig();
        assertThat(RequiredChannelSettings.violations(
                        config.getPropertyNames(),
                        name -> config.getOptionalValue(name, String.class).orElse(null)))
                .isEmpty();
    }

    @Test
    void theTabsHoldTheTwelveColumnsNewestFirst() throws Exception {
        fixture.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord 440. 21C, 39%");
        fixture.service("tme_2", "cli_u", "ins_u", "2026-01-12T02:30:00Z", "=SUM(A1)");
        fixture.measurement("tme_3", null, "ins_u", "2026-01-13T15:00:00Z", "Mesure : 20 °C, 40 %");
        var result = runner.append();
        assertThat(spreadsheet.tabTitles()).contains("UQAM", "Vincent", "Place des Arts", "Alertes Maintenance");
        assertThat(spreadsheet.displayedRows("UQAM"))
                .containsExactly(
                        ReportColumns.NAMES,
                        row("2026-01-13", "Mesure", "", "20°C, 40%"),
                        row("2026-01-11", "Service", "=SUM(A1)", ""),
                        row("2026-01-10", "Service", "Accord 440. 21C, 39%", "21°C, 39%"));
        assertThat(spreadsheet.displayedRows("Vincent")).containsExactly(ReportColumns.NAMES);
        assertThat(result.counts().get("UQAM"))
                .containsEntry("added", 3L)
                .containsEntry("updated", 0L)
                .containsEntry("removed", 0L)
                .containsEntry("total", 3L);
    }

    private static List<String> row(String date, String type, String description, String reading) {
        return List.of(
                date,
                type,
                description,
                "Centre Pierre-Péladeau/UQAM",
                "Steinway",
                "D",
                "00042",
                "GRAND",
                "2012",
                "Salle 1",
                "Anne Roy",
                reading);
    }

    @Test
    void theClientDecidesOnTheTabAndNeverTheText() throws Exception {
        fixture.service("tme_1", "cli_x", null, "2026-01-10T15:00:00Z", "Livraison depuis Place des Arts");
        fixture.service("tme_2", "cli_f", null, "2026-01-10T15:00:00Z", "Accord à l'UQAM");
        fixture.service("tme_3", "cli_p", null, "2026-01-10T15:00:00Z", "Accord");
        fixture.service("tme_4", "cli_nobody", null, "2026-01-10T15:00:00Z", "Accord à l'UQAM");
        fixture.entry("tme_5", "USER_COMMENT", "cli_u", null, "2026-01-10T15:00:00Z", "Appel", null);
        var result = runner.append();
        assertThat(displayedDescriptions("UQAM")).isEmpty();
        assertThat(displayedDescriptions("Vincent")).containsExactly("Accord à l'UQAM");
        assertThat(displayedDescriptions("Place des Arts")).containsExactly("Accord");
        assertThat(result.details()).containsEntry("unmapped", 1L);
    }

    @Test
    void aPersonWithAnInstitutionsNameIsAPrivateClient() throws Exception {
        fixture.person("cli_y", "Vincent", "d'Indy");
        fixture.person("cli_z", "Vincent ", " d’Indy");
        fixture.service("tme_1", "cli_y", null, "2026-01-10T15:00:00Z", "Accord");
        fixture.service("tme_2", "cli_z", null, "2026-01-10T15:00:00Z", "Accord");
        runner.append();
        assertThat(displayedDescriptions("Vincent")).isEmpty();
    }

    @Test
    void anAlertIsOneRowWhoseStateFollowsTheNotes() throws Exception {
        fixture.service("tme_1", "cli_v", "ins_v", "2026-01-10T15:00:00Z", "PLS débranché");
        fixture.service("tme_2", "cli_x", null, "2026-01-10T15:00:00Z", "Housse enlevée");
        runner.append();
        assertThat(displayedDescriptions("Alertes Maintenance"))
                .containsExactly("Alimentation — ouverte : PLS débranché");
        fixture.service("tme_3", "cli_v", "ins_v", "2026-02-10T15:00:00Z", "PLS rebranché");
        var result = runner.append();
        assertThat(displayedDescriptions("Alertes Maintenance"))
                .containsExactly("Alimentation — résolue le 2026-02-10 : PLS débranché");
        assertThat(result.counts().get("Alertes Maintenance")).containsEntry("updated", 1L);
    }

    @Test
    void anAlertFollowsItsNoteToAnotherClientAndIsClosedByAnyClientsNote() throws Exception {
        fixture.service("tme_1", "cli_v", "ins_v", "2026-01-10T15:00:00Z", "Housse enlevée");
        fixture.service("tme_2", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "PLS débranché");
        runner.append();
        assertThat(displayedDescriptions("Alertes Maintenance")).hasSize(2);
        fixture.service("tme_1", "cli_x", null, "2026-01-10T15:00:00Z", "Housse enlevée");
        fixture.service("tme_3", "cli_x", "ins_u", "2026-02-10T15:00:00Z", "PLS rebranché");
        runner.force();
        assertThat(displayedDescriptions("Alertes Maintenance"))
                .containsExactly("Alimentation — résolue le 2026-02-10 : PLS débranché");
    }

    @Test
    void aComplaintAfterAManualResolutionOpensANewAlert() throws Exception {
        fixture.service("tme_1", "cli_v", "ins_v", "2026-01-10T15:00:00Z", "PLS débranché");
        runner.append();
        database.update(
                "update automation.maintenance_alert set status = 'RESOLVED', resolved_by = 'bureau', resolved_at = '2026-01-15'");
        fixture.service("tme_2", "cli_v", "ins_v", "2026-02-10T15:00:00Z", "PLS débranché");
        runner.append();
        assertThat(displayedDescriptions("Alertes Maintenance"))
                .containsExactly(
                        "Alimentation — ouverte : PLS débranché",
                        "Alimentation — résolue le 2026-01-14 : PLS débranché");
    }

    @Test
    void aDatabaseWithoutAnyNoteGivesFourTabsWithTheirHeaders() throws Exception {
        fixture.empty();
        runner.append();
        assertThat(spreadsheet.displayedRows("UQAM")).containsExactly(ReportColumns.NAMES);
        assertThat(spreadsheet.displayedRows("Alertes Maintenance")).containsExactly(ReportColumns.NAMES);
    }

    @Test
    void anUnchangedReportTakesTwoReadsAndNoWrite() throws Exception {
        fixture.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
        runner.append();
        google.clearCalls();
        var result = runner.append();
        assertThat(google.calls()).hasSize(2).allMatch(call -> call.startsWith("GET "));
        assertThat(result.details()).containsEntry("calls", 2);
        assertThat(result.counts().get("UQAM")).containsEntry("added", 0L).containsEntry("total", 1L);
    }

    @Test
    void lateBackDatedEditedAndDeletedNotesAppearInTheNextRun() throws Exception {
        fixture.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
        fixture.service("tme_2", "cli_u", "ins_u", "2026-01-11T15:00:00Z", "Retouche");
        for (int i = 0; i < 8; i++) {
            fixture.service("tme_x" + i, "cli_u", "ins_u", "2025-01-0" + (i + 1) + "T15:00:00Z", "Ancien");
        }
        runner.append();
        fixture.measurement("tme_3", "cli_u", "ins_u", "2026-01-10T16:00:00Z", "21°C, 40%");
        fixture.service("tme_4", "cli_u", "ins_u", "2025-12-01T15:00:00Z", "Oubliée");
        fixture.delete("tme_2");
        var result = runner.append();
        assertThat(displayedDescriptions("UQAM"))
                .startsWith("Accord", "Oubliée", "Ancien")
                .hasSize(10);
        assertThat(spreadsheet.displayedRows("UQAM").get(1).getLast()).isEqualTo("21°C, 40%");
        assertThat(result.counts().get("UQAM"))
                .containsEntry("added", 1L)
                .containsEntry("updated", 1L)
                .containsEntry("removed", 1L);
    }

    @Test
    void renamedClientsAndNewSerialNumbersAreWritten() throws Exception {
        fixture.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
        runner.append();
        fixture.client("cli_u", "UQAM, Faculté des arts");
        database.update("update gazelle_pianos set serial_number = '43' where external_id = 'ins_u'");
        runner.append();
        assertThat(spreadsheet.displayedRows("UQAM").get(1)).contains("UQAM, Faculté des arts", "43");
    }

    @Test
    void aTabKeepsItsSheetId() throws Exception {
        fixture.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
        runner.append();
        int number = spreadsheet.sheetId("UQAM");
        for (int i = 0; i < 30; i++) {
            fixture.service("tme_x" + i, "cli_u", "ins_u", "2026-01-09T15:00:00Z", "Accord " + i);
        }
        runner.fullRefresh();
        assertThat(spreadsheet.sheetId("UQAM")).isEqualTo(number);
        assertThat(spreadsheet.displayedRows("UQAM")).hasSize(32);
    }

    @Test
    void aRenamedOrDeletedTabIsRestored() throws Exception {
        fixture.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
        runner.append();
        int number = spreadsheet.sheetId("UQAM");
        SpreadsheetEdits.rename(google, GoogleEmulatorResource.SPREADSHEET, number, "UQAM (copie)");
        SpreadsheetEdits.delete(google, GoogleEmulatorResource.SPREADSHEET, spreadsheet.sheetId("Vincent"));
        var result = runner.append();
        assertThat(spreadsheet.sheetId("UQAM")).isEqualTo(number);
        assertThat(spreadsheet.tabTitles()).contains("Vincent").doesNotContain("UQAM (copie)");
        assertThat(result.details().get("tabs").toString()).contains("UQAM=written, title restored", "Vincent=created");
    }

    @Test
    void overwrittenCellsAreCorrectedAndExtraColumnsAreKept() throws Exception {
        fixture.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
        runner.append();
        SpreadsheetEdits.widen(google, GoogleEmulatorResource.SPREADSHEET, spreadsheet.sheetId("UQAM"), 15);
        SpreadsheetEdits.type(google, GoogleEmulatorResource.SPREADSHEET, "UQAM!C2", "autre chose");
        SpreadsheetEdits.type(google, GoogleEmulatorResource.SPREADSHEET, "UQAM!M2", "à nous");
        runner.append();
        assertThat(displayedDescriptions("UQAM")).containsExactly("Accord");
        assertThat(spreadsheet.displayedRows("UQAM").get(1)).contains("à nous");
    }

    @Test
    void aTabMuchSmallerThanBeforeNeedsForce() throws Exception {
        for (int i = 0; i < 10; i++) {
            fixture.service("tme_" + i, "cli_u", "ins_u", "2026-01-09T15:00:00Z", "Accord " + i);
        }
        runner.append();
        for (int i = 0; i < 3; i++) {
            fixture.delete("tme_" + i);
        }
        fixture.service("tme_v", "cli_v", "ins_v", "2026-01-09T15:00:00Z", "Accord");
        assertThatThrownBy(runner::append).isInstanceOfSatisfying(JobFailedException.class, e -> {
            assertThat(e.error().errorClass()).isEqualTo("REPORT_WOULD_SHRINK");
            assertThat(e.error().message()).contains("UQAM", "10", "7");
            assertThat(e.error().retryable()).isFalse();
        });
        assertThat(spreadsheet.displayedRows("UQAM")).hasSize(11);
        assertThat(spreadsheet.displayedRows("Vincent")).hasSize(2);
        runner.force();
        assertThat(spreadsheet.displayedRows("UQAM")).hasSize(8);
    }

    @Test
    void theShrinkGuardCoversTabsOfTheFormerSystem() throws Exception {
        SpreadsheetEdits.addTab(google, GoogleEmulatorResource.SPREADSHEET, "UQAM", 50);
        for (int i = 1; i <= 40; i++) {
            SpreadsheetEdits.type(google, GoogleEmulatorResource.SPREADSHEET, "UQAM!A" + i, "2026-01-01");
        }
        fixture.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
        assertThatThrownBy(runner::append).hasMessageContaining("39 rows");
    }

    @Test
    void lineBreaksQuotesAndEmojiAreWrittenUnchanged() throws Exception {
        var text = "Ligne 1\nLigne 2 « \"' » <b> & 🎹\t1";
        fixture.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", text);
        runner.append();
        assertThat(displayedDescriptions("UQAM")).containsExactly(text);
    }

    private List<String> displayedDescriptions(String tab) {
        var shown = spreadsheet.displayedRows(tab);
        return shown.subList(1, shown.size()).stream().map(row -> row.get(2)).toList();
    }
}
