package ca.assistantgazelle.alert.appointment;

import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.runtime.sql.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Finds unconfirmed appointments and their recipients. Never sends mail. */
@Singleton
public class UnconfirmedAppointments {
    private final Database database;
    private final InstitutionDirectory institutions;
    private final Clock clock;

    UnconfirmedAppointments(Database database, InstitutionDirectory institutions, Clock clock) {
        this.database = database;
        this.institutions = institutions;
        this.clock = clock;
    }

    /** @param technicianIds only these technicians; null = all technicians and the office */
    public UnconfirmedAppointmentReport of(AlertDateWindow window, List<String> technicianIds) {
        var report = of(window, Set.of());
        return technicianIds == null ? report : report.forTechnicians(technicianIds);
    }

    /** @param excludedTypes event types to leave out */
    UnconfirmedAppointmentReport of(AlertDateWindow window, Set<String> excludedTypes) {
        return database.inTransaction(queries -> {
            queries.update("set transaction isolation level repeatable read, read only");
            return UnconfirmedAppointmentReport.of(
                    window,
                    clock.instant(),
                    AppointmentQueries.lastSync(queries),
                    AppointmentQueries.findOpen(queries, window, institutions, excludedTypes),
                    AppointmentQueries.staffById(queries));
        });
    }
}
