package ca.assistantgazelle.sync.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.emulators.gazelle.EmulatorBehaviour;
import ca.assistantgazelle.emulators.gazelle.GazelleEmulator;
import ca.assistantgazelle.emulators.gazelle.GazelleFault;
import ca.assistantgazelle.emulators.gazelle.GazelleFaults;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.worker.execution.JobFailedException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Complete runs with an OAuth token. The configured refresh token can be used only once. */
@QuarkusTest
@QuarkusTestResource(value = OAuthTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ShortRetryTestResource.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OAuthSyncTest {
    @Inject
    SyncRuns runs;

    private final GazelleEmulator gazelle = TestEnvironment.get().gazelle();

    @Test
    @Order(1)
    void allPipelinesShareOneExchange() throws Exception {
        runs.emptyTables();
        int before = gazelle.oauth().exchanges();
        runs.sync("full");
        assertThat(runs.storedCounts()).isEqualTo(SyncRuns.gazelleCounts());
        assertThat(gazelle.oauth().exchanges() - before).isEqualTo(1);
    }

    @Test
    @Order(2)
    void aTokenRejectedDuringTheRunIsExchangedWithoutLoss() throws Exception {
        int before = gazelle.oauth().exchanges();
        gazelle.faults()
                .set(List.of(
                        new GazelleFaults.GazelleFaultRule(GazelleFault.UNAUTHORIZED, "allClients", 1, 1, 1),
                        new GazelleFaults.GazelleFaultRule(GazelleFault.UNAUTHORIZED, "allPianos", 1, 1, 1)));
        runs.sync("full");
        assertThat(runs.storedCounts()).isEqualTo(SyncRuns.gazelleCounts());
        assertThat(gazelle.oauth().exchanges() - before).isBetween(1, 2);
    }

    // The exchange of another pipeline may revoke the replacement of a rejected token.
    @Test
    @Order(2)
    void aRejectedReplacementIsReplacedToo() throws Exception {
        gazelle.faults()
                .set(List.of(new GazelleFaults.GazelleFaultRule(GazelleFault.UNAUTHORIZED, "allClients", 1, 2, 1)));
        runs.sync("full");
        assertThat(runs.storedCounts()).isEqualTo(SyncRuns.gazelleCounts());
    }

    @Test
    @Order(3)
    void shortLivedTokensAreRenewedDuringTheRun() throws Exception {
        gazelle.behaviour().tokenLifetime(Duration.ofMillis(1_500));
        gazelle.faults().latency(Duration.ofMillis(250));
        try {
            // The current token still has the long lifetime: have it rejected once.
            gazelle.faults()
                    .set(List.of(new GazelleFaults.GazelleFaultRule(GazelleFault.UNAUTHORIZED, "allUsers", 0, 1, 1)));
            int before = gazelle.oauth().exchanges();
            runs.sync("full");
            assertThat(runs.storedCounts()).isEqualTo(SyncRuns.gazelleCounts());
            assertThat(gazelle.oauth().exchanges() - before).isGreaterThan(1);
        } finally {
            gazelle.behaviour().reset();
            gazelle.faults().clear();
        }
    }

    @Test
    @Order(4)
    void aRevokedAuthorisationIsANonRetryableError() {
        gazelle.behaviour().refreshToken(EmulatorBehaviour.RefreshTokenMode.DEAD);
        gazelle.faults().set(List.of(new GazelleFaults.GazelleFaultRule(GazelleFault.UNAUTHORIZED, null, 0, 1_000, 1)));
        try {
            assertThatThrownBy(() -> runs.sync("full")).isInstanceOfSatisfying(JobFailedException.class, e -> {
                assertThat(e.error().errorClass()).isEqualTo("GAZELLE_REFRESH_REFUSED");
                assertThat(e.error().retryable()).isFalse();
            });
        } finally {
            gazelle.behaviour().reset();
            gazelle.faults().clear();
        }
    }
}
