package ca.assistantgazelle.bell;

import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Postman;
import ca.assistantgazelle.mail.Receipt;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Room 8: tells the admin once of each run that was given up, is overdue, or has recovered. What
 * comes within a few seconds comes in one message.
 */
@Singleton
class Bell {
  private static final Logger LOG = Logger.getLogger(Bell.class);
  private static final int LOOKS_PER_GATHERING = 3;
  private static final int MOST = 20;

  private record Letter(List<String> events, Message message) {}

  private final Database database;
  private final BellStore store;
  private final BellLetters letters;
  private final Postman postman;
  private final DatabaseRetry databaseRetry;
  private final AlertsConfig config;
  private PeriodicTask task;

  Bell(
      Database database,
      BellStore store,
      BellLetters letters,
      Postman postman,
      DatabaseRetry databaseRetry,
      AlertsConfig config) {
    this.databaseRetry = databaseRetry;
    this.database = database;
    this.store = store;
    this.letters = letters;
    this.postman = postman;
    this.config = config;
  }

  void start(@Observes @Priority(5000) StartupEvent event) {
    task =
        PeriodicTask.start("bell", config.gathering().dividedBy(LOOKS_PER_GATHERING), this::ring);
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    task.close();
  }

  /** True when something was told, and more may wait. */
  boolean ring() {
    store.markUnclear(database);
    var letter = database.inTransaction(this::take);
    if (letter == null) {
      return false;
    }
    if (letter.message() != null) {
      var receipt = postman.send(letter.message());
      say(letter, receipt);
      databaseRetry.untilAvailable(
          "noting what became of " + letter.message().id(),
          () -> {
            store.told(database, letter.events(), receipt, postman.mode());
            return true;
          });
    }
    return true;
  }

  private Letter take(SqlQueries transaction) {
    var rings = store.take(transaction, MOST, config.gathering());
    if (rings.isEmpty()) {
      return null;
    }
    var events = rings.stream().map(Ring::eventId).toList();
    if (!postman.connects()) {
      store.simulated(transaction, events);
      LOG.infof(
          "%d events would be told to the admin (alerts are %s)",
          events.size(), postman.mode().word());
      return new Letter(events, null);
    }
    var missing = config.adminEmail().isEmpty() ? "ADMIN_EMAIL" : postman.missing();
    if (missing != null) {
      store.postpone(transaction, events, missing + " is not set");
      LOG.errorf("%d events are told to nobody: %s is not set", events.size(), missing);
      return new Letter(events, null);
    }
    var message = letters.about(rings, config.adminEmail().get());
    store.sending(transaction, events, message.id());
    return new Letter(events, message);
  }

  private static void say(Letter letter, Receipt receipt) {
    switch (receipt) {
      case Receipt.Accepted accepted ->
          LOG.infof(
              "%s: the admin was told of %d events", letter.message().id(), letter.events().size());
      case Receipt.Refused refused ->
          LOG.errorf("%s: refused: %s", letter.message().id(), refused.reason());
      case Receipt.Unclear unclear ->
          LOG.errorf("%s: unclear: %s", letter.message().id(), unclear.reason());
    }
  }
}
