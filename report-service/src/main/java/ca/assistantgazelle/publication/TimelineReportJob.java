package ca.assistantgazelle.publication;

import ca.assistantgazelle.event.RunError;
import ca.assistantgazelle.institution.Institutions;
import ca.assistantgazelle.sheet.SheetConfig;
import ca.assistantgazelle.sheet.SheetException;
import ca.assistantgazelle.sheet.Sheets;
import ca.assistantgazelle.sql.Database;
import ca.assistantgazelle.timeline.Report;
import ca.assistantgazelle.understanding.UnderstoodNotes;
import ca.assistantgazelle.workshop.JobCode;
import ca.assistantgazelle.workshop.JobFailedException;
import ca.assistantgazelle.workshop.JobResult;
import ca.assistantgazelle.workshop.Workbench;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * The timeline report for the institutions: everything is computed first, then each tab that
 * differs is brought to it.
 */
@Singleton
final class TimelineReportJob implements JobCode {
  /** A sync may store notes while others are being understood. */
  private static final int MOST_ROUNDS = 6;

  private final Database database;
  private final Sheets sheets;
  private final Institutions institutions;
  private final Clock clock;

  TimelineReportJob(Database database, Sheets sheets, SheetConfig config, Clock clock) {
    this.database = database;
    this.sheets = sheets;
    this.clock = clock;
    this.institutions = Institutions.load(config.institutionsFile().map(Path::of).orElse(null));
  }

  @Override
  public Set<String> jobs() {
    return Set.of("timeline_report_daily");
  }

  @Override
  public JobResult run(Workbench bench) throws JobFailedException, InterruptedException {
    try (var turn = new Turn(bench)) {
      var sheet = sheets.open(turn::renew);
      turn.take(sheet.id());
      var begin = clock.instant();
      var report = current(bench);
      var reading = Duration.between(begin, clock.instant());
      bench.log().info("computed: %s", RunOutcome.sizes(report));
      turn.renew();
      var publisher =
          new Publisher(bench, sheet, asked(bench, "full_refresh"), asked(bench, "force"));
      var outcome = new RunOutcome(bench, report, sheet, publisher.publish(report));
      outcome.store(bench);
      return outcome.resultOrThrow(reading, Duration.between(bench.startedAt(), clock.instant()));
    } catch (SheetException e) {
      throw new JobFailedException(named(e.error()), e);
    }
  }

  /** Everything, of one moment at which every note of it was understood: a sync may be at work. */
  private Report current(Workbench bench) throws InterruptedException {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var clients = Report.clients(bench.read(), institutions);
      UnderstoodNotes.bringUpToDate(bench, clients);
      var report =
          database.inTransaction(
              queries -> {
                queries.update("set transaction isolation level repeatable read, read only");
                return UnderstoodNotes.isUpToDate(queries, clients)
                    ? Report.of(queries, institutions)
                    : null;
              });
      if (report != null) {
        return report;
      }
    }
    throw new SheetException(
        "REPORT_NOTES_BEHIND",
        true,
        "A sync stored notes faster than they could be understood.",
        "Nothing to do: the next attempt comes when the sync is done.");
  }

  private static boolean asked(Workbench bench, String parameter) {
    return Boolean.TRUE.equals(bench.trigger().parameters().get(parameter));
  }

  private static RunError named(RunError error) {
    return new RunError(
        error.errorClass(),
        error.retryable(),
        "No tab was changed. " + error.message(),
        error.suggestion());
  }
}
