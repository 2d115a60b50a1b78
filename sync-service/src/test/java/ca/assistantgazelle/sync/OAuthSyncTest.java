package ca.assistantgazelle.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.peers.gazelle.Behaviour;
import ca.assistantgazelle.peers.gazelle.Fault;
import ca.assistantgazelle.peers.gazelle.Faults;
import ca.assistantgazelle.peers.gazelle.GazelleEmulator;
import ca.assistantgazelle.peers.testing.TestPeers;
import ca.assistantgazelle.workshop.JobFailedException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A whole run with an application's token. The configured refresh token serves once only. */
@QuarkusTest
@QuarkusTestResource(value = OAuthPeers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ImpatientClient.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OAuthSyncTest {
  @Inject Runs runs;

  private final GazelleEmulator gazelle = TestPeers.get().gazelle();

  @Test
  @Order(1)
  void theLanesShareOneExchange() throws Exception {
    runs.emptyTables();
    int before = gazelle.oauth().exchanges();
    runs.sync("full");
    assertThat(runs.stored()).isEqualTo(Runs.held());
    assertThat(gazelle.oauth().exchanges() - before).isEqualTo(1);
  }

  @Test
  @Order(2)
  void aTokenRefusedInTheMiddleIsExchangedAndNothingIsLost() throws Exception {
    int before = gazelle.oauth().exchanges();
    gazelle
        .faults()
        .set(
            List.of(
                new Faults.Order(Fault.UNAUTHORIZED, "allClients", 1, 1, 1),
                new Faults.Order(Fault.UNAUTHORIZED, "allPianos", 1, 1, 1)));
    runs.sync("full");
    assertThat(runs.stored()).isEqualTo(Runs.held());
    assertThat(gazelle.oauth().exchanges() - before).isBetween(1, 2);
  }

  @Test
  @Order(3)
  void tokensThatEndEveryFewRequestsAreRenewedOnTheWay() throws Exception {
    gazelle.behaviour().tokenLife(Duration.ofMillis(1_500));
    gazelle.faults().latency(Duration.ofMillis(250));
    try {
      // The token at hand still has the long life: have it refused once.
      gazelle.faults().set(List.of(new Faults.Order(Fault.UNAUTHORIZED, "allUsers", 0, 1, 1)));
      int before = gazelle.oauth().exchanges();
      runs.sync("full");
      assertThat(runs.stored()).isEqualTo(Runs.held());
      assertThat(gazelle.oauth().exchanges() - before).isGreaterThan(1);
    } finally {
      gazelle.behaviour().reset();
      gazelle.faults().clear();
    }
  }

  @Test
  @Order(4)
  void anAuthorisationThatDiedIsAnErrorThatAsksForAPerson() {
    gazelle.behaviour().refreshToken(Behaviour.RefreshToken.DEAD);
    gazelle.faults().set(List.of(new Faults.Order(Fault.UNAUTHORIZED, null, 0, 1_000, 1)));
    try {
      assertThatThrownBy(() -> runs.sync("full"))
          .isInstanceOfSatisfying(
              JobFailedException.class,
              e -> {
                assertThat(e.error().errorClass()).isEqualTo("GAZELLE_REFRESH_REFUSED");
                assertThat(e.error().retryable()).isFalse();
              });
    } finally {
      gazelle.behaviour().reset();
      gazelle.faults().clear();
    }
  }
}
