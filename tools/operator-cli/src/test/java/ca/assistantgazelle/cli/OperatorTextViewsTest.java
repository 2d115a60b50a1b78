package ca.assistantgazelle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.cli.view.OperatorTextViews;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class OperatorTextViewsTest {
    @Test
    void timesAreInMontrealTimeOnBothSidesOfTheClockChange() throws Exception {
        var logs = json("""
            [{"started_at": "2026-03-08T06:59:59Z", "completed_at": "2026-03-08T07:00:00Z", "status": "success", "details": {}},
             {"started_at": "2026-03-08T07:00:00Z", "completed_at": null, "status": "running", "details": {}}]
            """);
        assertThat(OperatorTextViews.logs(logs))
                .contains("2026-03-08 01:59:59")
                .contains("1.0 s")
                .contains("2026-03-08 03:00:00");
    }

    @Test
    void missingValuesAreDashesAndColumnsAreAligned() throws Exception {
        var lines = OperatorTextViews.jobs(json("""
                    {"jobs": [{"job_name": "sync_gazelle_2h", "running": null, "paused": false, "last_run": null,
                      "last_success_at": null, "next_run_at": null},
                     {"job_name": "backup", "paused": true, "last_run": {"status": "error", "created_at": "2026-07-01T00:00:00Z"}}]}
                    """)).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getLast()).isEqualTo("Times are in Montréal time.");
        assertThat(lines.get(1)).contains("idle").contains("–");
        assertThat(lines.get(2)).contains("paused").contains("error").contains("2026-06-30 20:00:00");
        assertThat(lines.get(1).indexOf("idle")).isEqualTo(lines.get(2).indexOf("paused"));
    }

    @Test
    void theListSaysThatSchedulingIsOff() throws Exception {
        assertThat(OperatorTextViews.jobs(json("{\"enabled\": false, \"environment\": \"local\", \"jobs\": []}")))
                .contains("Scheduling is off in local");
    }

    @Test
    void anErrorIsShownOnce() throws Exception {
        var shown = OperatorTextViews.run(json("""
                {"run_id": "r", "reason": "started late; X_FAILED: it broke", "error": {"class": "X_FAILED", "message": "it broke"}}
                """));
        assertThat(shown).containsOnlyOnce("it broke").contains("started late\n");
    }

    @Test
    void aFailedRunShowsItsSuggestion() throws Exception {
        assertThat(OperatorTextViews.run(json("""
                    {"run_id": "r", "job_name": "j", "status": "error", "parameters": {}, "cause": "MANUAL",
                     "error": {"class": "GAZELLE_TOKEN_REFUSED", "message": "Gazelle refused", "suggestion": "Make a new key"},
                     "attempts": [{"attempt": 1, "status": "failed"}], "counts": {"clients": {"fetched": 3}}, "log_tail": ["a line"]}
                    """)))
                .contains("GAZELLE_TOKEN_REFUSED: Gazelle refused")
                .contains("Make a new key")
                .contains("a line")
                .contains("clients");
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JsonMapper.builder().build().readTree(text);
    }
}
