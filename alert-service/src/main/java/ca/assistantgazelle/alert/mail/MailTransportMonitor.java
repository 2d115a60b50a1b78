package ca.assistantgazelle.alert.mail;

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
 * Checks the mail transport at startup and daily, and reports the result in the log and in a metric. It does not affect
 * readiness: alerts are still computed while mail cannot be sent.
 */
@Singleton
class MailTransportMonitor {
    private static final Logger LOG = Logger.getLogger(MailTransportMonitor.class);
    private static final Duration CHECK_INTERVAL = Duration.ofDays(1);

    private final MailSender mailSender;
    private final AtomicInteger usable = new AtomicInteger(1);
    private PeriodicTask task;

    MailTransportMonitor(MailSender mailSender, MeterRegistry meters) {
        this.mailSender = mailSender;
        meters.gauge("gazelle.mail.transport.usable", usable);
    }

    void start(@Observes @Priority(5000) StartupEvent event) {
        if (mailSender.sendsMail()) {
            task = PeriodicTask.start("mail transport check", CHECK_INTERVAL, this::check);
        } else {
            LOG.infof("ALERTS_MODE is %s: no mail is sent", mailSender.mode().value());
        }
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        if (task != null) {
            task.close();
        }
    }

    private boolean check() {
        var wrong = mailSender.missingSetting() == null
                ? mailSender.transport().check()
                : mailSender.missingSetting() + " is not set";
        usable.set(wrong == null ? 1 : 0);
        if (wrong == null) {
            LOG.infof("%s is ready to accept mail", mailSender.transport().name());
        } else {
            LOG.errorf("%s check failed: %s", mailSender.transport().name(), wrong);
        }
        return false;
    }
}
