package ca.assistantgazelle.publication;

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
 * After any sequence of notes that come late, are back-dated, edited or deleted, of appends, and of
 * crashes behind any call, the sheet is what a full refresh would write.
 */
@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
@QuarkusTestResource(GooglePeer.class)
class RandomHistoriesTest {
  private static final List<String> CLIENTS = List.of("cli_u", "cli_v", "cli_p", "cli_x");
  private static final List<String> TEXTS =
      List.of(
          "Accord 440",
          "PLS débranché, 21C, 39%",
          "PLS rebranché",
          "Housse enlevée. 20C, 25%",
          "22C, 45%",
          "=A1+1",
          "Réservoir vide, rempli");

  @Inject Company company;
  @Inject Reports reports;
  @Inject Database database;

  private final GoogleEmulator google = TestEnvironment.get().google();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void endAsAFullRefresh(int seed) throws Exception {
    var random = new Random(seed);
    google.faults().clear();
    google.remove(GooglePeer.SPREADSHEET);
    var spreadsheet = google.create(GooglePeer.SPREADSHEET, "Rapport");
    company.empty();
    company.technician("usr_1", "Anne", "Roy");
    company.client("cli_u", "UQAM");
    company.client("cli_v", "Vincent-d'Indy");
    company.client("cli_p", "Place des Arts");
    company.client("cli_x", "Académie Tremblay");
    CLIENTS.forEach(client -> company.piano("ins" + client.substring(3), client, "1"));
    for (int day = 0; day < 25; day++) {
      for (int i = random.nextInt(8); i >= 0; i--) {
        change(random);
      }
      night(random);
    }
    google.faults().clear();
    reports.force();
    requireWhole(spreadsheet);
  }

  private void change(Random random) {
    var id = "tme_" + random.nextInt(60);
    if (random.nextInt(6) == 0) {
      company.delete(id);
      return;
    }
    var client = CLIENTS.get(random.nextInt(CLIENTS.size()));
    var owner = random.nextInt(5) == 0 ? CLIENTS.get(random.nextInt(CLIENTS.size())) : client;
    var piano = random.nextInt(4) == 0 ? null : "ins" + owner.substring(3);
    var at =
        Instant.parse("2026-03-06T00:00:00Z").plusSeconds(random.nextInt(5 * 86_400)).toString();
    var text = TEXTS.get(random.nextInt(TEXTS.size()));
    if (random.nextInt(3) == 0) {
      company.measurement(id, random.nextBoolean() ? client : null, piano, at, text);
    } else {
      company.service(id, client, piano, at, text);
    }
  }

  private void night(Random random) throws InterruptedException {
    if (random.nextInt(3) == 0) {
      var fault = random.nextBoolean() ? GoogleFault.LOST_ANSWER : GoogleFault.LOST_REQUEST;
      google.faults().inject(fault, null, random.nextInt(8), 1_000);
    }
    try {
      switch (random.nextInt(5)) {
        case 0 -> reports.fullRefresh();
        case 1, 2 -> reports.append();
        default -> reports.force();
      }
    } catch (JobFailedException e) {
      assertThat(e.error().errorClass())
          .isIn("GOOGLE_UNREACHABLE", "REPORT_WOULD_SHRINK", "REPORT_READ_BACK");
    }
    google.faults().clear();
  }

  private void requireWhole(EmulatedSpreadsheet spreadsheet) {
    FreshReport.of(database)
        .forEach((tab, rows) -> assertThat(spreadsheet.displayedRows(tab)).as(tab).isEqualTo(rows));
  }
}
