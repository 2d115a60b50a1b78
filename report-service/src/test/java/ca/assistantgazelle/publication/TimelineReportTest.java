package ca.assistantgazelle.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.emulators.google.EmulatedSpreadsheet;
import ca.assistantgazelle.emulators.google.GoogleEmulator;
import ca.assistantgazelle.emulators.testing.RequiredChannelSettings;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.timeline.Columns;
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
@QuarkusTestResource(GooglePeer.class)
class TimelineReportTest {
  @Inject Company company;
  @Inject Reports reports;
  @Inject Database database;

  private final GoogleEmulator google = TestEnvironment.get().google();
  private EmulatedSpreadsheet spreadsheet;

  @BeforeEach
  void anEmptySpreadsheet() {
    google.faults().clear();
    google.remove(GooglePeer.SPREADSHEET);
    spreadsheet = google.create(GooglePeer.SPREADSHEET, "Rapport");
    company.empty();
    company.technician("usr_1", "Anne", "Roy");
    company.client("cli_u", "Centre Pierre-Péladeau/UQAM");
    company.client("cli_v", "École de musique Vincent-d’Indy");
    company.client("cli_f", "Fondation Vincent d'Indy");
    company.client("cli_p", "PLACE-DES-ARTS");
    company.person("cli_x", "Vincent", "Tremblay");
    company.piano("ins_u", "cli_u", "00042");
    company.piano("ins_v", "cli_v", "7");
    company.piano("ins_p", "cli_p", "8");
  }

  @Test
  void everyChannelIsSetSoThatNothingIsLost() {
    var config = ConfigProvider.getConfig();
    assertThat(
            RequiredChannelSettings.violations(
                config.getPropertyNames(),
                name -> config.getOptionalValue(name, String.class).orElse(null)))
        .isEmpty();
  }

  @Test
  void theTabsHoldTheTwelveColumnsNewestFirst() throws Exception {
    company.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord 440. 21C, 39%");
    company.service("tme_2", "cli_u", "ins_u", "2026-01-12T02:30:00Z", "=SUM(A1)");
    company.measurement("tme_3", null, "ins_u", "2026-01-13T15:00:00Z", "Mesure : 20 °C, 40 %");
    var result = reports.append();
    assertThat(spreadsheet.tabTitles())
        .contains("UQAM", "Vincent", "Place des Arts", "Alertes Maintenance");
    assertThat(spreadsheet.displayedRows("UQAM"))
        .containsExactly(
            Columns.NAMES,
            row("2026-01-13", "Mesure", "", "20°C, 40%"),
            row("2026-01-11", "Service", "=SUM(A1)", ""),
            row("2026-01-10", "Service", "Accord 440. 21C, 39%", "21°C, 39%"));
    assertThat(spreadsheet.displayedRows("Vincent")).containsExactly(Columns.NAMES);
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
    company.service(
        "tme_1", "cli_x", null, "2026-01-10T15:00:00Z", "Livraison depuis Place des Arts");
    company.service("tme_2", "cli_f", null, "2026-01-10T15:00:00Z", "Accord à l'UQAM");
    company.service("tme_3", "cli_p", null, "2026-01-10T15:00:00Z", "Accord");
    company.service("tme_4", "cli_nobody", null, "2026-01-10T15:00:00Z", "Accord à l'UQAM");
    company.entry("tme_5", "USER_COMMENT", "cli_u", null, "2026-01-10T15:00:00Z", "Appel", null);
    var result = reports.append();
    assertThat(shownNotes("UQAM")).isEmpty();
    assertThat(shownNotes("Vincent")).containsExactly("Accord à l'UQAM");
    assertThat(shownNotes("Place des Arts")).containsExactly("Accord");
    assertThat(result.details()).containsEntry("unmapped", 1L);
  }

  @Test
  void aPersonWhoBearsAnInstitutionsNameStaysPrivate() throws Exception {
    company.person("cli_y", "Vincent", "d'Indy");
    company.person("cli_z", "Vincent ", " d’Indy");
    company.service("tme_1", "cli_y", null, "2026-01-10T15:00:00Z", "Accord");
    company.service("tme_2", "cli_z", null, "2026-01-10T15:00:00Z", "Accord");
    reports.append();
    assertThat(shownNotes("Vincent")).isEmpty();
  }

  @Test
  void anAlertIsOneRowWhoseStateFollowsTheNotes() throws Exception {
    company.service("tme_1", "cli_v", "ins_v", "2026-01-10T15:00:00Z", "PLS débranché");
    company.service("tme_2", "cli_x", null, "2026-01-10T15:00:00Z", "Housse enlevée");
    reports.append();
    assertThat(shownNotes("Alertes Maintenance"))
        .containsExactly("Alimentation — ouverte : PLS débranché");
    company.service("tme_3", "cli_v", "ins_v", "2026-02-10T15:00:00Z", "PLS rebranché");
    var result = reports.append();
    assertThat(shownNotes("Alertes Maintenance"))
        .containsExactly("Alimentation — résolue le 2026-02-10 : PLS débranché");
    assertThat(result.counts().get("Alertes Maintenance")).containsEntry("updated", 1L);
  }

  @Test
  void anAlertGoesWithItsNoteToAnotherClientAndIsClosedByAnybodysNote() throws Exception {
    company.service("tme_1", "cli_v", "ins_v", "2026-01-10T15:00:00Z", "Housse enlevée");
    company.service("tme_2", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "PLS débranché");
    reports.append();
    assertThat(shownNotes("Alertes Maintenance")).hasSize(2);
    company.service("tme_1", "cli_x", null, "2026-01-10T15:00:00Z", "Housse enlevée");
    company.service("tme_3", "cli_x", "ins_u", "2026-02-10T15:00:00Z", "PLS rebranché");
    reports.force();
    assertThat(shownNotes("Alertes Maintenance"))
        .containsExactly("Alimentation — résolue le 2026-02-10 : PLS débranché");
  }

  @Test
  void aComplaintAfterAPersonClosedTheAlertIsANewOne() throws Exception {
    company.service("tme_1", "cli_v", "ins_v", "2026-01-10T15:00:00Z", "PLS débranché");
    reports.append();
    database.update(
        "update automation.maintenance_alert set status = 'RESOLVED', resolved_by = 'bureau', resolved_at = '2026-01-15'");
    company.service("tme_2", "cli_v", "ins_v", "2026-02-10T15:00:00Z", "PLS débranché");
    reports.append();
    assertThat(shownNotes("Alertes Maintenance"))
        .containsExactly(
            "Alimentation — ouverte : PLS débranché",
            "Alimentation — résolue le 2026-01-14 : PLS débranché");
  }

  @Test
  void aDatabaseWithoutAnyNoteGivesFourTabsWithTheirHeaders() throws Exception {
    company.empty();
    reports.append();
    assertThat(spreadsheet.displayedRows("UQAM")).containsExactly(Columns.NAMES);
    assertThat(spreadsheet.displayedRows("Alertes Maintenance")).containsExactly(Columns.NAMES);
  }

  @Test
  void nothingNewIsTwoCallsAndNoWrite() throws Exception {
    company.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
    reports.append();
    google.clearCalls();
    var result = reports.append();
    assertThat(google.calls()).hasSize(2).allMatch(call -> call.startsWith("GET "));
    assertThat(result.details()).containsEntry("calls", 2);
    assertThat(result.counts().get("UQAM")).containsEntry("added", 0L).containsEntry("total", 1L);
  }

  @Test
  void whatComesLateIsBackDatedEditedOrDeletedIsThereAtTheNextRun() throws Exception {
    company.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
    company.service("tme_2", "cli_u", "ins_u", "2026-01-11T15:00:00Z", "Retouche");
    for (int i = 0; i < 8; i++) {
      company.service(
          "tme_x" + i, "cli_u", "ins_u", "2025-01-0" + (i + 1) + "T15:00:00Z", "Ancien");
    }
    reports.append();
    company.measurement("tme_3", "cli_u", "ins_u", "2026-01-10T16:00:00Z", "21°C, 40%");
    company.service("tme_4", "cli_u", "ins_u", "2025-12-01T15:00:00Z", "Oubliée");
    company.delete("tme_2");
    var result = reports.append();
    assertThat(shownNotes("UQAM")).startsWith("Accord", "Oubliée", "Ancien").hasSize(10);
    assertThat(spreadsheet.displayedRows("UQAM").get(1).getLast()).isEqualTo("21°C, 40%");
    assertThat(result.counts().get("UQAM"))
        .containsEntry("added", 1L)
        .containsEntry("updated", 1L)
        .containsEntry("removed", 1L);
  }

  @Test
  void aClientsNewNameAndAPianosNewNumberReachTheSheet() throws Exception {
    company.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
    reports.append();
    company.client("cli_u", "UQAM, Faculté des arts");
    database.update("update gazelle_pianos set serial_number = '43' where external_id = 'ins_u'");
    reports.append();
    assertThat(spreadsheet.displayedRows("UQAM").get(1)).contains("UQAM, Faculté des arts", "43");
  }

  @Test
  void aTabKeepsItsNumberWhateverBecomesOfItsRows() throws Exception {
    company.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
    reports.append();
    int number = spreadsheet.sheetId("UQAM");
    for (int i = 0; i < 30; i++) {
      company.service("tme_x" + i, "cli_u", "ins_u", "2026-01-09T15:00:00Z", "Accord " + i);
    }
    reports.fullRefresh();
    assertThat(spreadsheet.sheetId("UQAM")).isEqualTo(number);
    assertThat(spreadsheet.displayedRows("UQAM")).hasSize(32);
  }

  @Test
  void aTabThatAPersonRenamedOrDeletedIsRestored() throws Exception {
    company.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
    reports.append();
    int number = spreadsheet.sheetId("UQAM");
    People.rename(google, GooglePeer.SPREADSHEET, number, "UQAM (copie)");
    People.delete(google, GooglePeer.SPREADSHEET, spreadsheet.sheetId("Vincent"));
    var result = reports.append();
    assertThat(spreadsheet.sheetId("UQAM")).isEqualTo(number);
    assertThat(spreadsheet.tabTitles()).contains("Vincent").doesNotContain("UQAM (copie)");
    assertThat(result.details().get("tabs").toString())
        .contains("UQAM=written, its name restored", "Vincent=created");
  }

  @Test
  void whatAPersonTypedOverIsPutRightAndWhatStandsBesideIsKept() throws Exception {
    company.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
    reports.append();
    People.widen(google, GooglePeer.SPREADSHEET, spreadsheet.sheetId("UQAM"), 15);
    People.type(google, GooglePeer.SPREADSHEET, "UQAM!C2", "autre chose");
    People.type(google, GooglePeer.SPREADSHEET, "UQAM!M2", "à nous");
    reports.append();
    assertThat(shownNotes("UQAM")).containsExactly("Accord");
    assertThat(spreadsheet.displayedRows("UQAM").get(1)).contains("à nous");
  }

  @Test
  void aTabMuchSmallerThanBeforeNeedsForce() throws Exception {
    for (int i = 0; i < 10; i++) {
      company.service("tme_" + i, "cli_u", "ins_u", "2026-01-09T15:00:00Z", "Accord " + i);
    }
    reports.append();
    for (int i = 0; i < 3; i++) {
      company.delete("tme_" + i);
    }
    company.service("tme_v", "cli_v", "ins_v", "2026-01-09T15:00:00Z", "Accord");
    assertThatThrownBy(reports::append)
        .isInstanceOfSatisfying(
            JobFailedException.class,
            e -> {
              assertThat(e.error().errorClass()).isEqualTo("REPORT_WOULD_SHRINK");
              assertThat(e.error().message()).contains("UQAM", "10", "7");
              assertThat(e.error().retryable()).isFalse();
            });
    assertThat(spreadsheet.displayedRows("UQAM")).hasSize(11);
    assertThat(spreadsheet.displayedRows("Vincent")).hasSize(2);
    reports.force();
    assertThat(spreadsheet.displayedRows("UQAM")).hasSize(8);
  }

  @Test
  void aSheetOfTheFormerSystemIsGuardedToo() throws Exception {
    People.addTab(google, GooglePeer.SPREADSHEET, "UQAM", 50);
    for (int i = 1; i <= 40; i++) {
      People.type(google, GooglePeer.SPREADSHEET, "UQAM!A" + i, "2026-01-01");
    }
    company.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", "Accord");
    assertThatThrownBy(reports::append).hasMessageContaining("39 rows");
  }

  @Test
  void textsWithLineBreaksQuotesAndEmojiArriveAsTheyAre() throws Exception {
    var text = "Ligne 1\nLigne 2 « \"' » <b> & 🎹\t1";
    company.service("tme_1", "cli_u", "ins_u", "2026-01-10T15:00:00Z", text);
    reports.append();
    assertThat(shownNotes("UQAM")).containsExactly(text);
  }

  private List<String> shownNotes(String tab) {
    var shown = spreadsheet.displayedRows(tab);
    return shown.subList(1, shown.size()).stream().map(row -> row.get(2)).toList();
  }
}
