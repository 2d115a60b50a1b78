package ca.assistantgazelle.operator.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The API's documents for people's eyes. */
public final class Views {
  private static final String ZONE = "Times are Montréal's.";

  private Views() {}

  /** Of {@code GET /api/scheduler/status}. */
  public static String jobs(JsonNode status) {
    var table = new Table("JOB", "STATE", "LAST RUN", "RESULT", "LAST SUCCESS", "NEXT");
    for (var job : status.path("jobs")) {
      table.row(
          job.path("job_name").asText(),
          state(job),
          Moments.local(job.path("last_run").path("created_at")),
          job.path("last_run").path("status").asText(""),
          Moments.local(job.path("last_success_at")),
          Moments.local(job.path("next_run_at")));
    }
    var text = new StringBuilder(table.toString()).append('\n').append(ZONE);
    if (!status.path("enabled").asBoolean(true)) {
      text.append(" Nothing is planned in ")
          .append(status.path("environment").asText())
          .append(": jobs run by hand.");
    }
    status.path("warnings").forEach(warning -> text.append('\n').append(warning.asText()));
    return text.toString();
  }

  private static String state(JsonNode job) {
    var state =
        job.path("running").isObject()
            ? job.path("running").path("status").asText()
            : job.path("paused").asBoolean() ? "paused" : "idle";
    return job.path("overdue").asBoolean() ? state + ", overdue" : state;
  }

  /** Of {@code GET /api/scheduler/runs}. */
  public static String runs(JsonNode runs) {
    var table = new Table("RUN", "JOB", "STATUS", "CAUSE", "ATTEMPT", "CREATED", "LASTED", "ERROR");
    for (var run : runs) {
      table.row(
          run.path("run_id").asText(),
          run.path("job_name").asText(),
          run.path("status").asText(),
          run.path("cause").asText(),
          run.path("attempt").asInt() + "/" + run.path("max_attempts").asInt(),
          Moments.local(run.path("created_at")),
          Moments.between(run.path("started_at"), run.path("finished_at")),
          run.path("error").path("class").asText(""));
    }
    return table + "\n" + ZONE;
  }

  /** Of {@code GET /api/scheduler/preview}. */
  public static String preview(JsonNode preview) {
    var table = new Table("PLANNED FOR", "AT (UTC)", "NOTE", "REASON");
    for (var list : List.of("fires", "not_fired")) {
      for (var fire : preview.path(list)) {
        table.row(
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
    var table = new Table("STARTED", "STATUS", "LASTED", "RUN", "ERROR");
    for (var log : logs) {
      table.row(
          Moments.local(log.path("started_at")),
          log.path("status").asText(),
          Moments.between(log.path("started_at"), log.path("completed_at")),
          log.path("details").path("run_id").asText(""),
          log.path("error_message").asText(""));
    }
    return table + "\n" + ZONE;
  }

  /** Of {@code GET /api/scheduler/runs/{run_id}}. */
  public static String run(JsonNode run) {
    var text = new StringBuilder();
    line(text, "run", run.path("run_id").asText());
    line(text, "job", run.path("job_name").asText());
    line(text, "status", run.path("status").asText());
    line(text, "disposition", run.path("disposition").asText(""));
    line(text, "reason", reason(run));
    line(text, "planned for", planned(run));
    line(text, "cause", run.path("cause").asText());
    line(text, "requested by", run.path("requested_by").asText(""));
    line(text, "parameters", run.path("parameters").toString());
    line(text, "created", Moments.local(run.path("created_at")));
    line(text, "waits until", Moments.local(run.path("held_until")));
    line(text, "next attempt", Moments.local(run.path("next_attempt_at")));
    line(text, "finished", Moments.local(run.path("finished_at")));
    if (run.path("error").isObject()) {
      line(
          text,
          "error",
          run.path("error").path("class").asText()
              + ": "
              + run.path("error").path("message").asText());
      line(text, "what to try", run.path("error").path("suggestion").asText(""));
    }
    line(text, "times", "Montréal's; those of the log and in sentences are UTC");
    attempts(text, run.path("attempts"));
    if (run.path("counts").size() > 0) {
      text.append('\n').append(counts(run.path("counts"))).append('\n');
    }
    if (run.path("log_tail").size() > 0) {
      text.append("\nlog\n");
      run.path("log_tail").forEach(entry -> text.append("  ").append(entry.asText()).append('\n'));
    }
    return text.toString().stripTrailing();
  }

  /** Words of the counts, as people read them, in this order; one that is not here stands last. */
  private static final Map<String, String> COUNTED = counted();

  private static Map<String, String> counted() {
    var words = new LinkedHashMap<String, String>();
    words.put("fetched", "READ");
    words.put("inserted", "NEW");
    words.put("added", "NEW");
    words.put("updated", "CHANGED");
    words.put("unchanged", "SAME");
    words.put("deleted", "GONE");
    words.put("removed", "GONE");
    words.put("quarantined", "SET ASIDE");
    words.put("total", "TOTAL");
    return words;
  }

  /** What a run did, by kind of record or by tab. */
  public static String counts(JsonNode counts) {
    var used = new LinkedHashSet<String>();
    COUNTED.keySet().stream().filter(word -> isUsed(counts, word)).forEach(used::add);
    counts.forEach(entity -> entity.fieldNames().forEachRemaining(used::add));
    var header = new ArrayList<String>(List.of(""));
    used.forEach(word -> header.add(COUNTED.getOrDefault(word, word)));
    var table = new Table(header.toArray(String[]::new));
    counts
        .properties()
        .forEach(
            entity -> {
              var row = new ArrayList<String>(List.of(entity.getKey()));
              used.forEach(word -> row.add(entity.getValue().path(word).asText("0")));
              table.row(row.toArray(String[]::new));
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

  private static void attempts(StringBuilder text, JsonNode attempts) {
    if (attempts.size() == 0) {
      return;
    }
    var table = new Table("ATTEMPT", "STATUS", "WORKER", "STARTED", "LASTED", "ERROR");
    for (var attempt : attempts) {
      table.row(
          attempt.path("attempt").asText(),
          attempt.path("status").asText(),
          attempt.path("worker").asText(""),
          Moments.local(attempt.path("started_at")),
          Moments.between(attempt.path("started_at"), attempt.path("finished_at")),
          attempt.path("error").path("class").asText(""));
    }
    text.append('\n').append(table).append('\n');
  }

  // An error is told once, by its own lines.
  private static String reason(JsonNode run) {
    var error = run.path("error");
    var told = error.path("class").asText() + ": " + error.path("message").asText();
    var reason = run.path("reason").asText("");
    return reason.endsWith(told)
        ? reason.substring(0, reason.length() - told.length()).replaceFirst("; $", "")
        : reason;
  }

  private static String planned(JsonNode run) {
    var nominal = run.path("nominal").asText("");
    return nominal.isEmpty() ? "" : nominal + " " + run.path("zone").asText();
  }

  private static void line(StringBuilder text, String name, String value) {
    if (value != null && !value.isEmpty()) {
      text.append(name).repeat(" ", 14 - name.length()).append(value).append('\n');
    }
  }
}
