package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.contract.institution.InstitutionDirectory;
import ca.assistantgazelle.report.sheet.SpreadsheetConfig;
import ca.assistantgazelle.report.sheet.SpreadsheetException;
import ca.assistantgazelle.report.sheet.SpreadsheetFactory;
import ca.assistantgazelle.report.timeline.TimelineReport;
import ca.assistantgazelle.runtime.sql.Database;
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

/** The timeline report for the institutions: computes the whole report, then updates each tab that differs. */
@Singleton
final class TimelineReportJob implements JobHandler {
    /** A sync may store new notes while others are being analysed. */
    private static final int MAX_ROUNDS = 6;

    private final Database database;
    private final SpreadsheetFactory spreadsheets;
    private final InstitutionDirectory institutions;
    private final Clock clock;

    TimelineReportJob(Database database, SpreadsheetFactory spreadsheets, SpreadsheetConfig config, Clock clock) {
        this.database = database;
        this.spreadsheets = spreadsheets;
        this.clock = clock;
        this.institutions = InstitutionDirectory.load(
                config.institutionsFile().map(Path::of).orElse(null));
    }

    @Override
    public Set<String> jobIds() {
        return Set.of("timeline_report_daily");
    }

    @Override
    public JobResult run(JobContext context) throws JobFailedException, InterruptedException {
        try (var lease = new SpreadsheetLease(context)) {
            var spreadsheet = spreadsheets.open(lease::renew);
            lease.acquire(spreadsheet.id());
            var begin = clock.instant();
            var report = computeReport(context);
            var reading = Duration.between(begin, clock.instant());
            context.log().info("computed: %s", ReportRunOutcome.rowCounts(report));
            lease.renew();
            var publisher =
                    new ReportPublisher(context, spreadsheet, isSet(context, "full_refresh"), isSet(context, "force"));
            var outcome = new ReportRunOutcome(context, report, spreadsheet, publisher.publish(report));
            outcome.store(context);
            return outcome.resultOrThrow(reading, Duration.between(context.startedAt(), clock.instant()));
        } catch (SpreadsheetException e) {
            throw new JobFailedException(withNoTabChanged(e.error()), e);
        }
    }

    /** A consistent snapshot in which all notes are analysed; a sync may be running concurrently. */
    private TimelineReport computeReport(JobContext context) throws InterruptedException {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            var clients = TimelineReport.clientIds(context.read(), institutions);
            NoteAnalysisUpdater.update(context, clients);
            var report = database.inTransaction(queries -> {
                queries.update("set transaction isolation level repeatable read, read only");
                return NoteAnalysisUpdater.isUpToDate(queries, clients)
                        ? TimelineReport.load(queries, institutions)
                        : null;
            });
            if (report != null) {
                return report;
            }
        }
        throw new SpreadsheetException(
                "REPORT_NOTES_BEHIND",
                true,
                "A sync stored notes faster than they could be analysed.",
                "No action needed: the next attempt succeeds once the sync has finished.");
    }

    private static boolean isSet(JobContext context, String parameter) {
        return Boolean.TRUE.equals(context.trigger().parameters().get(parameter));
    }

    private static RunError withNoTabChanged(RunError error) {
        return new RunError(
                error.errorClass(), error.retryable(), "No tab was changed. " + error.message(), error.suggestion());
    }
}
