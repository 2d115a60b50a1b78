package ca.assistantgazelle.alert.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import ca.assistantgazelle.alert.mail.FrenchDateFormats;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.emulators.mail.MailFault;
import ca.assistantgazelle.emulators.mail.MailServer;
import ca.assistantgazelle.emulators.mail.ReceivedMail;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.execution.JobFailedException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MailServerResource.class)
class UnconfirmedAlertsTest {
    @Inject
    AppointmentFixture fixture;

    @Inject
    AlertJobRunner runner;

    @Inject
    Database database;

    private final MailServer mail = MailServerResource.mail();

    @BeforeEach
    void clearMailboxAndAppointments() {
        mail.faults().clear();
        mail.clear();
        fixture.empty();
    }

    @Test
    void eachTechnicianGetsOneMailInFrench() throws Exception {
        fixture.appointment("evt_1", "usr_a", fixture.tomorrow(14, 30));
        fixture.appointment("evt_2", "usr_a", fixture.tomorrow(9, 0));
        fixture.appointment("evt_3", "usr_b", fixture.tomorrow(0, 0));
        var result = runner.shortTerm();
        assertThat(result.counts().get("mails")).containsEntry("sent", 2L);
        assertThat(mail.messages()).hasSize(2);
        var anne = to("anne@essai.example");
        var day = FrenchDateFormats.day(fixture.tomorrow());
        assertThat(anne.header("Subject")).isEqualTo("[RV] 2 rendez-vous non confirmés — " + day);
        assertThat(anne.header("From")).contains("alertes@essai.example");
        assertThat(anne.header("Message-ID")).matches("<rv-[0-9a-f]{32}@essai\\.example>");
        assertThat(anne.text().replace("\r\n", "\n").strip() + "\n").isEqualTo("""
                Bonjour Anne,

                Ces 2 rendez-vous de %s ne sont pas confirmés.

                %s

                  9 h · Académie Tremblay · Montréal
                  Titre : Accord
                  Téléphone : 514 555-0100
                  Créé le : 2 décembre 2025

                  14 h 30 · Académie Tremblay · Montréal
                  Titre : Accord
                  Téléphone : 514 555-0100
                  Créé le : 2 décembre 2025

                Merci d'appeler ces clients pour confirmer.

                Attention : aucune synchronisation avec Gazelle n'a encore réussi.
                http://localhost:8000/alertes-rv/check?target_date=%s
                """.formatted(
                day, day.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + day.substring(1), fixture.tomorrow()));
        assertThat(anne.html()).contains("<strong>14 h 30</strong>", "lang=\"fr-CA\"");
        assertThat(statuses()).containsExactly("SENT", "SENT", "SENT");
    }

    @Test
    void onlyTomorrowsUnconfirmedAppointmentsOfPrivateClientsCount() throws Exception {
        fixture.appointment("evt_1", "usr_a", fixture.tomorrow(23, 59));
        fixture.appointment("evt_today", "usr_a", fixture.tomorrow(20, 0).minusDays(1));
        fixture.appointment("evt_after", "usr_a", fixture.tomorrow(0, 0).plusDays(1));
        fixture.appointment("evt_confirmed", "usr_a", "cli_1", fixture.tomorrow(10, 0), true);
        fixture.appointment("evt_by_office", "usr_a", fixture.tomorrow(10, 0));
        fixture.set("evt_by_office", "confirmed_at = now()");
        fixture.appointment("evt_cancelled", "usr_a", fixture.tomorrow(10, 0));
        fixture.set("evt_cancelled", "status = 'CANCELED'");
        fixture.appointment("evt_cancelled_2", "usr_a", fixture.tomorrow(10, 0));
        fixture.set("evt_cancelled_2", "status = 'CANCELLED'");
        fixture.appointment("evt_personal", "usr_a", fixture.tomorrow(10, 0));
        fixture.set("evt_personal", "event_type = 'PERSONAL'");
        fixture.appointment("evt_gone", "usr_a", fixture.tomorrow(10, 0));
        fixture.set("evt_gone", "deleted_at = now()");
        fixture.client("cli_i", "École de musique Vincent-d’Indy");
        fixture.appointment("evt_institution", "usr_a", "cli_i", fixture.tomorrow(10, 0), false);
        fixture.client("cli_s", "Studio de la rue Orford, 1200 blvd St-Laurent");
        fixture.appointment("evt_street", "usr_a", "cli_s", fixture.tomorrow(11, 0), false);
        var result = runner.shortTerm();
        assertThat(appointments()).containsExactly("evt_1", "evt_street");
        assertThat(result.details()).containsEntry("institutions_left_out", 1L);
    }

    @Test
    void unroutableAppointmentsGoToTheOfficeWithTheReason() throws Exception {
        fixture.technician("usr_old", "Carl", "carl@essai.example", "INACTIVE");
        fixture.technician("usr_mute", "Dora", null, "ACTIVE");
        fixture.appointment("evt_1", null, fixture.tomorrow(9, 0));
        fixture.appointment("evt_2", "usr_nobody", fixture.tomorrow(10, 0));
        fixture.appointment("evt_3", "usr_old", fixture.tomorrow(11, 0));
        fixture.appointment("evt_4", "usr_mute", fixture.tomorrow(12, 0));
        fixture.appointment("evt_5", "usr_a", "cli_1", fixture.tomorrow(13, 0), null);
        runner.shortTerm();
        assertThat(mail.messages()).hasSize(1);
        var office = to("bureau@essai.example");
        assertThat(office.text())
                .contains(
                        "à attribuer",
                        "technicien inconnu",
                        "Carl Roy n'est plus actif",
                        "Dora Roy n'a pas d'adresse de courriel valable",
                        "Confirmation inconnue");
    }

    @Test
    void noMailIsSentTwiceUnlessTheAppointmentMoved() throws Exception {
        fixture.appointment("evt_1", "usr_a", fixture.tomorrow(9, 0));
        runner.shortTerm();
        runner.shortTerm();
        assertThat(mail.messages()).hasSize(1);
        fixture.set("evt_1", "start_datetime = start_datetime + interval '1 hour', appointment_time = '10:00'");
        runner.shortTerm();
        assertThat(mail.messages()).hasSize(2);
        fixture.set("evt_1", "technicien = 'usr_b'");
        runner.shortTerm();
        assertThat(to("bruno@essai.example").text()).contains("10 h");
    }

    @Test
    void twoWorkersAtOnceSendOneMail() throws Exception {
        for (int i = 0; i < 20; i++) {
            fixture.appointment("evt_" + i, i % 2 == 0 ? "usr_a" : "usr_b", fixture.tomorrow(9, i));
        }
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<String> work = this::outcome;
            var outcomes = new ArrayList<String>();
            for (var one : threads.invokeAll(List.of(work, work))) {
                outcomes.add(one.get());
            }
            assertThat(outcomes).contains("success").isSubsetOf("success", "MAIL_HELD");
        }
        assertThat(mail.messages()).hasSize(2);
    }

    private String outcome() throws InterruptedException {
        try {
            runner.shortTerm();
            return "success";
        } catch (JobFailedException e) {
            return e.error().errorClass();
        }
    }

    @Test
    void anUnresponsiveServerIsGivenUpAndItsConnectionsAreReleased() throws Exception {
        for (int i = 0; i < 20; i++) {
            fixture.technician("usr_" + i, "T" + i, "t" + i + "@essai.example", "ACTIVE");
            fixture.appointment("evt_" + i, "usr_" + i, fixture.tomorrow(9, i));
        }
        mail.faults().inject(MailFault.SILENT, null, 8);
        assertThat(error().errorClass()).isEqualTo("MAIL_FAILED");
        assertThat(statuses()).filteredOn("AMBIGUOUS"::equals).hasSize(8);
        assertThat(statuses()).filteredOn("FAILED"::equals).hasSize(12);
        mail.faults().clear();
        runner.shortTerm();
        assertThat(statuses()).filteredOn("SENT"::equals).hasSize(12);
    }

    @Test
    void anAllDayAppointmentIsAnnouncedByItsDate() throws Exception {
        fixture.appointment("evt_1", "usr_a", fixture.tomorrow(0, 0));
        fixture.set("evt_1", "is_all_day = true, start_datetime = null");
        runner.shortTerm();
        assertThat(to("anne@essai.example").text()).contains("toute la journée");
    }

    @Test
    void onlyRefusedMailsAreSentAgain() throws Exception {
        fixture.appointment("evt_1", "usr_a", fixture.tomorrow(9, 0));
        fixture.appointment("evt_2", "usr_b", fixture.tomorrow(9, 0));
        mail.faults().inject(MailFault.GREYLIST, "anne", 1);
        var error = error();
        assertThat(error.errorClass()).isEqualTo("MAIL_FAILED");
        assertThat(error.retryable()).isTrue();
        assertThat(mail.messages()).hasSize(1);
        assertThat(statuses()).containsExactlyInAnyOrder("FAILED", "SENT");
        runner.shortTerm();
        assertThat(mail.messages()).hasSize(2);
        assertThat(statuses()).containsExactly("SENT", "SENT");
    }

    @Test
    void aPermanentlyRefusedAddressIsNotRetried() {
        fixture.appointment("evt_1", "usr_a", fixture.tomorrow(9, 0));
        mail.faults().inject(MailFault.REFUSE_RECIPIENT, "anne", 10);
        var error = error();
        assertThat(error.errorClass()).isEqualTo("MAIL_FAILED");
        assertThat(error.retryable()).isFalse();
        assertThat(reasons()).allMatch(reason -> reason.startsWith("SMTP 550"));
    }

    @Test
    void unclearMailsAreListedAndNotSentAgain() throws Exception {
        fixture.appointment("evt_1", "usr_a", fixture.tomorrow(9, 0));
        for (var fault : List.of(MailFault.SILENT, MailFault.DIE_AFTER_DATA)) {
            database.update("truncate automation.notification");
            mail.clear();
            mail.faults().clear();
            mail.faults().inject(fault, null, 1);
            assertThat(error().errorClass()).as(fault.name()).isEqualTo("MAIL_UNCLEAR");
            assertThat(statuses()).containsExactly("AMBIGUOUS");
            runner.shortTerm();
            assertThat(mail.messages()).hasSize(1);
        }
        given().header("Authorization", "Bearer viewer")
                .get("/alertes-rv/pending?technician_id=usr_a")
                .then()
                .statusCode(200)
                .body("alerts", hasSize(1))
                .body("by_status.AMBIGUOUS", equalTo(1));
    }

    @Test
    void aCrashBeforeSendingLosesNothingAndOneWhileSendingIsUnclear() throws Exception {
        fixture.appointment("evt_1", "usr_a", fixture.tomorrow(9, 0));
        fixture.appointment("evt_2", "usr_b", fixture.tomorrow(9, 0));
        insertNotification("evt_1", "usr_a", "CLAIMED");
        insertNotification("evt_2", "usr_b", "SENDING");
        var result = runner.shortTerm();
        assertThat(result.details()).containsEntry("ambiguous_before", 1L);
        assertThat(mail.messages()).hasSize(1);
        assertThat(to("anne@essai.example")).isNotNull();
        assertThat(statuses()).containsExactlyInAnyOrder("AMBIGUOUS", "SENT");
    }

    private void insertNotification(String appointment, String recipient, String status) {
        var day = fixture.tomorrow();
        database.update(
                "insert into automation.notification (kind, subject_id, recipient, local_date, schedule_snapshot, status, run_id, attempt) values ('COURT_TERME', $1, $2, $3, $4, $5, $6, 1)",
                appointment,
                recipient,
                day,
                day + "T09:00",
                status,
                UUID.randomUUID());
    }

    @Test
    void namesAreEscapedAndHeadersStayIntact() throws Exception {
        fixture.client("cli_x", "<script>alert(1)</script> & Fils 🎹 " + "x".repeat(200));
        fixture.appointment("evt_1", "usr_a", "cli_x", fixture.tomorrow(9, 0), false);
        runner.shortTerm();
        var received = to("anne@essai.example");
        assertThat(received.html())
                .doesNotContain("<script>")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Fils 🎹");
        assertThat(received.text()).contains("<script>alert(1)</script> & Fils 🎹");
    }

    @Test
    void theLongTermWindowIsFromTheDayAfterTomorrowToSevenDaysAhead() throws Exception {
        for (int day = 0; day <= 9; day++) {
            fixture.appointment("evt_" + day, "usr_a", fixture.tomorrow(9, 0).plusDays(day - 1));
        }
        runner.longTerm();
        assertThat(appointments()).containsExactly("evt_2", "evt_3", "evt_4", "evt_5", "evt_6", "evt_7");
        runner.longTerm();
        assertThat(mail.messages()).hasSize(1);
    }

    @Test
    void onlyTheRequestedTechniciansAreMailed() throws Exception {
        fixture.appointment("evt_1", "usr_a", fixture.tomorrow(9, 0));
        fixture.appointment("evt_2", "usr_b", fixture.tomorrow(9, 0));
        fixture.appointment("evt_3", null, fixture.tomorrow(9, 0));
        runner.run("alertes_rv_court_terme", Map.of("technician_ids", List.of("usr_b")));
        assertThat(mail.messages())
                .extracting(one -> one.recipients().getFirst())
                .containsExactly("bruno@essai.example");
    }

    @Test
    void theCheckSendsNoMail() {
        fixture.appointment("evt_1", "usr_a", fixture.tomorrow(9, 0));
        fixture.appointment("evt_2", null, fixture.tomorrow(10, 0));
        int before = mail.connections();
        given().header("Authorization", "Bearer viewer")
                .get("/alertes-rv/check")
                .then()
                .statusCode(200)
                .body("technicians", hasSize(1))
                .body("technicians[0].email", equalTo("anne@essai.example"))
                .body("technicians[0].appointments[0].appointment_time", equalTo("09:00"))
                .body("office[0].reason", equalTo("à attribuer"))
                .body("total_appointments", equalTo(2));
        given().header("Authorization", "Bearer viewer")
                .contentType("application/json")
                .body("{\"window\": \"long\"}")
                .post("/alertes-rv/check")
                .then()
                .statusCode(200)
                .body("technicians", hasSize(0));
        given().get("/alertes-rv/check").then().statusCode(401);
        given().header("Authorization", "Bearer viewer")
                .get("/alertes-rv/check?target_date=demain")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("target_date"));
        assertThat(mail.connections()).isEqualTo(before);
    }

    /** An ordinary day, one of 23 hours and one of 25. */
    @ParameterizedTest
    @ValueSource(strings = {"2099-01-14", "2099-03-08", "2099-11-01"})
    void aDayRunsFromMidnightToMidnightInMontreal(LocalDate day) {
        fixture.appointment("evt_before", "usr_a", day.atStartOfDay().minusMinutes(1));
        fixture.appointment("evt_first", "usr_a", day.atStartOfDay());
        fixture.appointment("evt_evening", "usr_a", day.atTime(19, 30));
        fixture.appointment("evt_last", "usr_a", day.atTime(23, 59));
        fixture.appointment("evt_after", "usr_a", day.plusDays(1).atStartOfDay());
        given().header("Authorization", "Bearer viewer")
                .get("/alertes-rv/check?target_date=" + day)
                .then()
                .statusCode(200)
                .body("technicians[0].appointments.external_id", contains("evt_first", "evt_evening", "evt_last"))
                .body("technicians[0].appointments.appointment_time", contains("00:00", "19:30", "23:59"));
    }

    private RunError error() {
        return catchThrowableOfType(JobFailedException.class, runner::shortTerm).error();
    }

    private ReceivedMail to(String address) {
        return mail.messages().stream()
                .filter(one -> one.recipients().contains(address))
                .findFirst()
                .orElseThrow();
    }

    private List<String> statuses() {
        return column("status");
    }

    private List<String> reasons() {
        return column("error");
    }

    private List<String> appointments() {
        return column("subject_id");
    }

    private List<String> column(String name) {
        return database.list("select " + name + " from automation.notification order by 1", row -> row.getString(0));
    }
}
