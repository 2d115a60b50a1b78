package ca.assistantgazelle.report.publication;

import ca.assistantgazelle.contract.event.EventJson;
import ca.assistantgazelle.contract.event.RunError;
import ca.assistantgazelle.report.sheet.ReportSpreadsheet;
import ca.assistantgazelle.report.timeline.TimelineReport;
import ca.assistantgazelle.worker.execution.JobContext;
import ca.assistantgazelle.worker.execution.JobFailedException;
import ca.assistantgazelle.worker.execution.JobResult;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The outcome of a report run: stored in {@code automation.report_run} and sent in its event. */
record ReportRunOutcome(
        String spreadsheet, String mode, TimelineReport report, int calls, Map<String, TabUpdateOutcome> tabs) {
    ReportRunOutcome(
            JobContext context, TimelineReport report, ReportSpreadsheet sheet, Map<String, TabUpdateOutcome> tabs) {
        this(
                sheet.id(),
                Boolean.TRUE.equals(context.trigger().parameters().get("full_refresh")) ? "full_refresh" : "append",
                report,
                sheet.callCount(),
                tabs);
    }

    static Map<String, Integer> rowCounts(TimelineReport report) {
        var sizes = new LinkedHashMap<String, Integer>();
        report.tabs().forEach((tab, rows) -> sizes.put(tab, rows.size()));
        return sizes;
    }

    /** Stores the outcome in {@code automation.report_run}. */
    void store(JobContext context) {
        var failed = failedTabs().size();
        var status = failed == 0 ? "SUCCESS" : failed == tabs.size() ? "ERROR" : "PARTIAL";
        context.write(transaction -> transaction.update(
                """
                insert into automation.report_run (run_id, attempt, spreadsheet, mode, started_at, finished_at, status, tabs, calls)
                values ($1, $2, $3, $4, $5, automation.statement_time(), $6, $7, $8)
                on conflict (run_id, attempt) do update
                set finished_at = excluded.finished_at, status = excluded.status, tabs = excluded.tabs, calls = excluded.calls
                """,
                context.trigger().runId(),
                context.trigger().attempt(),
                spreadsheet,
                mode,
                context.startedAt(),
                status,
                new JsonObject(tabsJson().toString()),
                calls));
    }

    /**
     * @param reading time spent on reading and computing the report
     * @param lasted time since the attempt started
     */
    JobResult resultOrThrow(Duration reading, Duration lasted) throws JobFailedException {
        var counts = new LinkedHashMap<String, Map<String, Long>>();
        tabs.forEach((tab, outcome) -> counts.put(tab, outcome.counts()));
        var result = new JobResult(
                counts,
                Map.of(
                        "mode",
                        mode,
                        "unmapped",
                        report.unmapped(),
                        "undated",
                        report.undated(),
                        "calls",
                        calls,
                        "reading_seconds",
                        reading.toMillis() / 1_000.0,
                        "duration_seconds",
                        lasted.toMillis() / 1_000.0,
                        "tabs",
                        statuses()));
        if (!failedTabs().isEmpty()) {
            throw new JobFailedException(combinedError(), result, null);
        }
        return result;
    }

    private Map<String, String> statuses() {
        var statuses = new LinkedHashMap<String, String>();
        tabs.forEach((tab, outcome) -> statuses.put(tab, outcome.status()));
        return statuses;
    }

    private List<Map.Entry<String, TabUpdateOutcome>> failedTabs() {
        return tabs.entrySet().stream()
                .filter(tab -> tab.getValue().error() != null)
                .toList();
    }

    private RunError combinedError() {
        var first = failedTabs().getFirst().getValue().error();
        var messages = failedTabs().stream()
                .map(tab -> tab.getKey() + ": " + tab.getValue().error().message())
                .collect(Collectors.joining(" "));
        return new RunError(
                first.errorClass(),
                failedTabs().stream().anyMatch(tab -> tab.getValue().error().retryable()),
                messages + (failedTabs().size() < tabs.size() ? " The other tabs are up to date." : ""),
                first.suggestion());
    }

    private ObjectNode tabsJson() {
        ObjectMapper mapper = EventJson.mapper();
        var json = mapper.createObjectNode();
        tabs.forEach((tab, outcome) -> {
            var one = json.putObject(tab).put("what", outcome.status());
            outcome.counts().forEach(one::put);
            if (outcome.error() != null) {
                one.put("error", outcome.error().errorClass());
            }
        });
        return json;
    }
}
