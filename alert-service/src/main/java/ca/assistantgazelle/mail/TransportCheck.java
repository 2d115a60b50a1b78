package ca.assistantgazelle.mail;

import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Asks the transport at the start and every day whether it would take our messages, and says so in
 * the log and in a metric. Readiness does not follow it: alerts that wait are better than none that
 * are computed.
 */
@Singleton
class TransportCheck {
  private static final Logger LOG = Logger.getLogger(TransportCheck.class);
  private static final Duration PERIOD = Duration.ofDays(1);

  private final Postman postman;
  private final AtomicInteger usable = new AtomicInteger(1);
  private PeriodicTask task;

  TransportCheck(Postman postman, MeterRegistry meters) {
    this.postman = postman;
    meters.gauge("gazelle.mail.transport.usable", usable);
  }

  void start(@Observes @Priority(5000) StartupEvent event) {
    if (postman.connects()) {
      task = PeriodicTask.start("mail transport check", PERIOD, this::look);
    } else {
      LOG.infof("alerts are %s: nothing is sent", postman.mode().word());
    }
  }

  void stop(@Observes @Priority(100) ShutdownEvent event) {
    if (task != null) {
      task.close();
    }
  }

  private boolean look() {
    var wrong =
        postman.missing() == null ? postman.transport().check() : postman.missing() + " is not set";
    usable.set(wrong == null ? 1 : 0);
    if (wrong == null) {
      LOG.infof("%s would take our messages", postman.transport().name());
    } else {
      LOG.errorf("%s would not take our messages: %s", postman.transport().name(), wrong);
    }
    return false;
  }
}
