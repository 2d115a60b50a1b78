package ca.assistantgazelle.alert.notification;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.contract.event.RunCause;
import ca.assistantgazelle.contract.event.TriggerEvent;
import ca.assistantgazelle.emulators.mail.MailServer;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.worker.execution.JobResult;
import ca.assistantgazelle.worker.testing.TestJobContext;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MailServerResource.class)
class MaintenanceDigestTest {
    @Inject
    AppointmentFixture fixture;

    @Inject
    MaintenanceDigestJob job;

    @Inject
    Database database;

    @Inject
    Clock clock;

    private final MailServer mail = MailServerResource.mail();

    @BeforeEach
    void empty() {
        mail.faults().clear();
        mail.clear();
        fixture.empty();
        database.update("truncate automation.maintenance_alert");
    }

    @Test
    void newAlertsOfInstitutionsAreMailedOnce() throws Exception {
        fixture.client("cli_u", "UQAM");
        alert("cli_u", "PLS débranché");
        alert("cli_1", "Housse enlevée");
        assertThat(run().counts().get("appointments")).containsEntry("sent", 1L);
        assertThat(run().counts().get("appointments")).containsEntry("sent", 0L);
        assertThat(mail.messages()).hasSize(1);
        assertThat(mail.messages().getFirst().text())
                .contains("UQAM", "PLS débranché")
                .doesNotContain("Housse");
        assertThat(mail.messages().getFirst().header("Subject")).isEqualTo("[Entretien] 1 nouvelle alerte");
    }

    private void alert(String client, String evidence) {
        database.update(
                "insert into automation.maintenance_alert (id, client_id, type, severity, status, opened_by_entry, opened_at, evidence) values (gen_random_uuid(), $1, 'POWER', 'critical', 'OPEN', $2, $3, $4)",
                client,
                "tme_" + client,
                clock.instant().atOffset(ZoneOffset.UTC),
                evidence);
    }

    private JobResult run() throws Exception {
        var now = clock.instant();
        var trigger = new TriggerEvent(
                UUID.randomUUID(),
                "alertes_maintenance",
                1,
                RunCause.MANUAL,
                null,
                null,
                now,
                null,
                Map.of(),
                null,
                null);
        return job.run(new TestJobContext(trigger, now, database));
    }
}
