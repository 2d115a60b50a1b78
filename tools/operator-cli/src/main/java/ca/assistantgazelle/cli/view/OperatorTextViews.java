package ca.assistantgazelle.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Text views of the API's JSON documents. */
public final class OperatorTextViews {
    private static final String TIME_ZONE_NOTE = "Times are in Montréal time.";

    private OperatorTextViews() {}

    /** Of {@code GET /api/scheduler/status}. */
    public static String jobs(JsonNode status) {
        var table = new TextTable("JOB", "STATE", "LAST RUN", "RESULT", "LAST SUCCESS", "NEXT");
        for (var job : status.path("jobs")) {
            table.addRow(
                    job.path("job_name").asText(),
                    jobState(job),
                    LocalTimeFormats.montrealTime(job.path("last_run").path("created_at")),
                    job.path("last_run").path("status").asText(""),
                    LocalTimeFormats.montrealTime(job.path("last_success_at")),
                    LocalTimeFormats.montrealTime(job.path("next_run_at")));
        }
        var text = new StringBuilder(table.toString()).append('\n').append(TIME_ZONE_NOTE);
        if (!status.path("enabled").asBoolean(true)) {
            text.append(" Scheduling is off in ")
                    .append(status.path("environment").asText())
                    .append(": jobs run on request only.");
        }
        status.path("warnings").forEach(warning -> text.append('\n').append(warning.asText()));
        return text.toString();
    }

    private static String jobState(JsonNode job) {
        var state = job.path("running").isObject()
                ? job.path("running").path("status").asText()
                : job.path("paused").asBoolean() ? "paused" : "idle";
        return job.path("overdue").asBoolean() ? state + ", overdue" : state;
    }

    /** Of {@code GET /api/scheduler/runs}. */
    public static String runs(JsonNode runs) {
        var table = new TextTable("RUN", "JOB", "STATUS", "CAUSE", "ATTEMPT", "CREATED", "DURATION", "ERROR");
        for (var run : runs) {
            table.addRow(
                    run.path("run_id").asText(),
                    run.path("job_name").asText(),
                    run.path("status").asText(),
                    run.path("cause").asText(),
                    run.path("attempt").asInt() + "/" + run.path("max_attempts").asInt(),
                    LocalTimeFormats.montrealTime(run.path("created_at")),
                    LocalTimeFormats.elapsedTime(run.path("started_at"), run.path("finished_at")),
                    run.path("error").path("class").asText(""));
        }
        return table + "\n" + TIME_ZONE_NOTE;
    }

    /** Of {@code GET /api/scheduler/preview}. */
    public static String preview(JsonNode preview) {
        var table = new TextTable("PLANNED FOR", "AT (UTC)", "NOTE", "REASON");
        for (var list : List.of("fires", "not_fired")) {
            for (var fire : preview.path(list)) {
                table.addRow(
                        fire.path("nominal").asText(),
                        fire.path("at").asText("does not run"),
                        fire.path("note").asText(""),
                        fire.path("reason").asText(""));
            }
        }
        return preview.path("job").asText()
                + " in "
                + preview.path("zone").asText()
                + ", "
                + preview.path("environment").asText()
                + ": "
                + preview.path("fires").size()
                + " runs\n"
                + table;
    }

    /** Of {@code GET /api/scheduler/logs/{job}}. */
    public static String logs(JsonNode logs) {
        var table = new TextTable("STARTED", "STATUS", "DURATION", "RUN", "ERROR");
        for (var log : logs) {
            table.addRow(
                    LocalTimeFormats.montrealTime(log.path("started_at")),
                    log.path("status").asText(),
                    LocalTimeFormats.elapsedTime(log.path("started_at"), log.path("completed_at")),
                    log.path("details").path("run_id").asText(""),
                    log.path("error_message").asText(""));
        }
        return table + "\n" + TIME_ZONE_NOTE;
    }

    /** Of {@code GET /api/scheduler/runs/{run_id}}. */
    public static String run(JsonNode run) {
        var text = new StringBuilder();
        appendLine(text, "run", run.path("run_id").asText());
        appendLine(text, "job", run.path("job_name").asText());
        appendLine(text, "status", run.path("status").asText());
        appendLine(text, "disposition", run.path("disposition").asText(""));
        appendLine(text, "reason", reasonWithoutError(run));
        appendLine(text, "planned for", plannedTime(run));
        appendLine(text, "cause", run.path("cause").asText());
        appendLine(text, "requested by", run.path("requested_by").asText(""));
        appendLine(text, "parameters", run.path("parameters").toString());
        appendLine(text, "created", LocalTimeFormats.montrealTime(run.path("created_at")));
        appendLine(text, "waits until", LocalTimeFormats.montrealTime(run.path("wait_until")));
        appendLine(text, "next attempt", LocalTimeFormats.montrealTime(run.path("next_attempt_at")));
        appendLine(text, "finished", LocalTimeFormats.montrealTime(run.path("finished_at")));
        if (run.path("error").isObject()) {
            appendLine(
                    text,
                    "error",
                    run.path("error").path("class").asText()
                            + ": "
                            + run.path("error").path("message").asText());
            appendLine(text, "what to try", run.path("error").path("suggestion").asText(""));
        }
        appendLine(text, "times", "in Montréal time; times in the log and in messages are UTC");
        appendAttempts(text, run.path("attempts"));
        if (run.path("counts").size() > 0) {
            text.append('\n').append(counts(run.path("counts"))).append('\n');
        }
        if (run.path("log_tail").size() > 0) {
            text.append("\nlog\n");
            run.path("log_tail")
                    .forEach(entry -> text.append("  ").append(entry.asText()).append('\n'));
        }
        return text.toString().stripTrailing();
    }

    /** Column headings of the counts, in display order; counts not listed here come last. */
    private static final Map<String, String> COUNT_HEADINGS = countHeadings();

    private static Map<String, String> countHeadings() {
        var words = new LinkedHashMap<String, String>();
        words.put("fetched", "FETCHED");
        words.put("inserted", "NEW");
        words.put("added", "NEW");
        words.put("updated", "UPDATED");
        words.put("unchanged", "UNCHANGED");
        words.put("deleted", "DELETED");
        words.put("removed", "DELETED");
        words.put("quarantined", "QUARANTINED");
        words.put("total", "TOTAL");
        return words;
    }

    /** The counts of a run, by kind of record or by tab. */
    public static String counts(JsonNode counts) {
        var used = new LinkedHashSet<String>();
        COUNT_HEADINGS.keySet().stream().filter(word -> isUsed(counts, word)).forEach(used::add);
        counts.forEach(entity -> entity.fieldNames().forEachRemaining(used::add));
        var header = new ArrayList<String>(List.of(""));
        used.forEach(word -> header.add(COUNT_HEADINGS.getOrDefault(word, word)));
        var table = new TextTable(header.toArray(String[]::new));
        counts.properties().forEach(entity -> {
            var row = new ArrayList<String>(List.of(entity.getKey()));
            used.forEach(word -> row.add(entity.getValue().path(word).asText("0")));
            table.addRow(row.toArray(String[]::new));
        });
        return table.toString();
    }

    private static boolean isUsed(JsonNode counts, String word) {
        for (var entity : counts) {
            if (entity.has(word)) {
                return true;
            }
        }
        return false;
    }

    private static void appendAttempts(StringBuilder text, JsonNode attempts) {
        if (attempts.size() == 0) {
            return;
        }
        var table = new TextTable("ATTEMPT", "STATUS", "WORKER", "STARTED", "DURATION", "ERROR");
        for (var attempt : attempts) {
            table.addRow(
                    attempt.path("attempt").asText(),
                    attempt.path("status").asText(),
                    attempt.path("worker").asText(""),
                    LocalTimeFormats.montrealTime(attempt.path("started_at")),
                    LocalTimeFormats.elapsedTime(attempt.path("started_at"), attempt.path("finished_at")),
                    attempt.path("error").path("class").asText(""));
        }
        text.append('\n').append(table).append('\n');
    }

    // The error has its own lines, so it is cut off the reason.
    private static String reasonWithoutError(JsonNode run) {
        var error = run.path("error");
        var errorText =
                error.path("class").asText() + ": " + error.path("message").asText();
        var reason = run.path("reason").asText("");
        return reason.endsWith(errorText)
                ? reason.substring(0, reason.length() - errorText.length()).replaceFirst("; $", "")
                : reason;
    }

    private static String plannedTime(JsonNode run) {
        var nominal = run.path("nominal").asText("");
        return nominal.isEmpty() ? "" : nominal + " " + run.path("zone").asText();
    }

    private static void appendLine(StringBuilder text, String name, String value) {
        if (value != null && !value.isEmpty()) {
            text.append(name).repeat(" ", 14 - name.length()).append(value).append('\n');
        }
    }
}
