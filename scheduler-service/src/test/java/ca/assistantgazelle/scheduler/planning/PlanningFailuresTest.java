package ca.assistantgazelle.scheduler.planning;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;

import ca.assistantgazelle.runtime.sql.Database;
import ca.assistantgazelle.scheduler.testing.SchedulerTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One job that cannot be planned never stops the others. */
@QuarkusTest
@QuarkusTestResource(SchedulerTestResource.class)
class PlanningFailuresTest {
    @Inject
    Database database;

    @Inject
    FirePlanner planner;

    @AfterEach
    void removeStates() {
        database.update("delete from automation.job_state");
        database.update("delete from automation.run where fire_key is not null");
    }

    @Test
    void theOthersArePlannedAndTheFailureIsShown() {
        insertState("sync_gazelle_2h", "{\"cron\": \"broken\"}");
        insertState("backup_supabase_daily", "{\"cron\":[\"* * * * *\"],\"zone\":\"America/Toronto\"}");
        assertThat(planner.planDue()).isEqualTo(1);
        assertThat(database.first(
                        "select count(*) from automation.run where job = 'backup_supabase_daily' and fire_key is not null",
                        row -> row.getLong(0)))
                .hasValueSatisfying(rows -> assertThat(rows).isPositive());
        assertThat(planner.excludedJobs()).contains("sync_gazelle_2h");
        given().header("Authorization", "Bearer viewer")
                .get("/api/scheduler/status")
                .then()
                .body("warnings", hasItem(containsString("job sync_gazelle_2h cannot be planned")));
        assertThat(database.first(
                        "select count(*) from automation.outbox where payload like '%PLANNING_FAILED%'",
                        row -> row.getLong(0)))
                .contains(1L);
    }

    private void insertState(String job, String schedule) {
        database.update("""
                insert into automation.job_state (job, schedule, planned_until, next_at)
                values ($1, $2, now() - interval '2 minutes', now() - interval '1 minute')
                on conflict (job) do update
                set schedule = excluded.schedule, planned_until = excluded.planned_until, next_at = excluded.next_at
                """, job, schedule);
    }
}
