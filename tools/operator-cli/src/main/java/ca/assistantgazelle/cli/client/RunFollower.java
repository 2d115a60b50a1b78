package ca.assistantgazelle.cli.client;

import ca.assistantgazelle.cli.view.LocalTimeFormats;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** Follows a run until it ends. */
public final class RunFollower {
    private static final Set<String> OPEN_STATUSES = Set.of("queued", "running", "waiting_retry");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final SchedulerClient api;
    private final Consumer<String> progress;
    private boolean unreachable;

    /** @param progress called with a line whenever status or progress change */
    public RunFollower(SchedulerClient api, Consumer<String> progress) {
        this.api = api;
        this.progress = progress;
    }

    /**
     * Waits for the end of the run and returns it; empty if the limit is reached first.
     *
     * @throws SchedulerApiException if the run cannot be read
     */
    public Optional<JsonNode> follow(String runId, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        var shown = "";
        while (true) {
            var run = poll(runId);
            if (run.isEmpty()) {
                if (System.nanoTime() > end) {
                    return Optional.empty();
                }
                Thread.sleep(POLL_INTERVAL);
                continue;
            }
            var line = progressLine(run.get());
            if (!line.equals(shown)) {
                progress.accept(line);
                shown = line;
            }
            if (!isOpen(run.get())) {
                return run;
            }
            if (System.nanoTime() > end) {
                return Optional.empty();
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    // The run continues while the gateway, the scheduler or its database is away.
    private Optional<JsonNode> poll(String runId) {
        try {
            var run = api.get("/api/scheduler/runs/" + runId);
            unreachable = false;
            return Optional.of(run);
        } catch (SchedulerApiException e) {
            if (e.exitCode() != CliExitCode.UNREACHABLE && e.exitCode() != CliExitCode.FAILED) {
                throw e;
            }
            if (!unreachable) {
                progress.accept("Still waiting, the run continues: " + e.getMessage());
                unreachable = true;
            }
            return Optional.empty();
        }
    }

    public static boolean isOpen(JsonNode run) {
        return OPEN_STATUSES.contains(run.path("status").asText());
    }

    private static String progressLine(JsonNode run) {
        var parts = new StringJoiner(", ");
        run.path("progress")
                .path("entities")
                .properties()
                .forEach(entity -> parts.add(entity.getKey()
                        + " "
                        + entity.getValue().path("read").asInt()
                        + " of "
                        + entity.getValue().path("total").asInt()));
        var status = run.path("status").asText();
        int attempt = run.path("attempt").asInt();
        if (status.equals("waiting_retry")) {
            return retryLine(run, attempt);
        }
        return (attempt > 1 ? status + " (attempt " + attempt + ")" : status)
                + (parts.length() == 0 || !isOpen(run) ? "" : ": " + parts);
    }

    private static String retryLine(JsonNode run, int attempt) {
        var error = run.path("error");
        return "attempt "
                + attempt
                + " failed: "
                + error.path("class").asText()
                + ": "
                + error.path("message").asText()
                + "\n  Next attempt: "
                + LocalTimeFormats.montrealTime(run.path("next_attempt_at"))
                + " (Montréal time). To stop retrying: ./gazelle cancel "
                + run.path("run_id").asText();
    }
}
