package ca.assistantgazelle.sync.mirror;

import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.runtime.task.PeriodicTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The metric of quarantined records, read from the database every minute, so that it survives a restart. */
@Singleton
public class QuarantineGauge {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final AtomicLong rows = new AtomicLong();
    private final Database database;
    private final RecordQuarantine quarantine;
    private PeriodicTask task;

    QuarantineGauge(MeterRegistry meters, Database database, RecordQuarantine quarantine) {
        this.database = database;
        this.quarantine = quarantine;
        meters.gauge("gazelle.quarantined.rows", rows);
    }

    void start(@Observes @Priority(5000) StartupEvent event) {
        task = PeriodicTask.start("quarantine gauge", INTERVAL, () -> {
            update();
            return false;
        });
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        task.close();
    }

    /** Reads the number of quarantined records. */
    public void update() {
        rows.set(quarantine.count(database));
    }
}
