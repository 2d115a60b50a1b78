package ca.assistantgazelle.appointment;

import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.runtime.sql.Database;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Looks up who has what unconfirmed. Sends nothing. */
@Singleton
public class Checks {
  private final Database database;
  private final InstitutionDirectory institutions;
  private final Clock clock;

  Checks(Database database, InstitutionDirectory institutions, Clock clock) {
    this.database = database;
    this.institutions = institutions;
    this.clock = clock;
  }

  /**
   * @param technicianIds only these; null = everybody, and the office
   */
  public Check of(Window window, List<String> technicianIds) {
    var check = of(window, Set.of());
    return technicianIds == null ? check : check.only(technicianIds);
  }

  /**
   * @param excludedTypes event types that are left out
   */
  Check of(Window window, Set<String> excludedTypes) {
    return database.inTransaction(
        queries -> {
          queries.update("set transaction isolation level repeatable read, read only");
          return Check.of(
              window,
              clock.instant(),
              Appointments.lastSync(queries),
              Appointments.open(queries, window, institutions, excludedTypes),
              Appointments.staff(queries));
        });
  }
}
