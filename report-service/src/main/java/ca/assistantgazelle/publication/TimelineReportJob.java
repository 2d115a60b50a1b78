package ca.assistantgazelle.publication;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.sheet.SheetConfig;
import ca.assistantgazelle.sheet.SheetException;
import ca.assistantgazelle.sheet.Sheets;
import ca.assistantgazelle.timeline.Report;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobHandler;
import ca.assistantgazelle.worker.execution.JobResult;
import ca.assistantgazelle.worker.noteanalysis.NoteAnalysisUpdater;
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
final class TimelineReportJob implements JobHandler {
  /** A sync may store notes while others are being understood. */
  private static final int MOST_ROUNDS = 6;

  private final Database database;
  private final Sheets sheets;
  private final InstitutionDirectory institutions;
  private final Clock clock;

  TimelineReportJob(Database database, Sheets sheets, SheetConfig config, Clock clock) {
    this.database = database;
    this.sheets = sheets;
    this.clock = clock;
    this.institutions =
        InstitutionDirectory.load(config.institutionsFile().map(Path::of).orElse(null));
  }

  @Override
  public Set<String> jobIds() {
    return Set.of("timeline_report_daily");
  }

  @Override
  public JobResult run(JobContext context) throws JobFailedException, InterruptedException {
    try (var turn = new Turn(context)) {
      var sheet = sheets.open(turn::renew);
      turn.take(sheet.id());
      var begin = clock.instant();
      var report = current(context);
      var reading = Duration.between(begin, clock.instant());
      context.log().info("computed: %s", RunOutcome.sizes(report));
      turn.renew();
      var publisher =
          new Publisher(context, sheet, asked(context, "full_refresh"), asked(context, "force"));
      var outcome = new RunOutcome(context, report, sheet, publisher.publish(report));
      outcome.store(context);
      return outcome.resultOrThrow(reading, Duration.between(context.startedAt(), clock.instant()));
    } catch (SheetException e) {
      throw new JobFailedException(named(e.error()), e);
    }
  }

  /** Everything, of one moment at which every note of it was understood: a sync may be at work. */
  private Report current(JobContext context) throws InterruptedException {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var clients = Report.clients(context.read(), institutions);
      NoteAnalysisUpdater.update(context, clients);
      var report =
          database.inTransaction(
              queries -> {
                queries.update("set transaction isolation level repeatable read, read only");
                return NoteAnalysisUpdater.isUpToDate(queries, clients)
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

  private static boolean asked(JobContext context, String parameter) {
    return Boolean.TRUE.equals(context.trigger().parameters().get(parameter));
  }

  private static RunError named(RunError error) {
    return new RunError(
        error.errorClass(),
        error.retryable(),
        "No tab was changed. " + error.message(),
        error.suggestion());
  }
}
