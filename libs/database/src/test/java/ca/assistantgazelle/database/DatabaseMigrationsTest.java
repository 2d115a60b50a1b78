package ca.assistantgazelle.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.emulators.testing.TestEnvironment;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseMigrationsTest {
    @Test
    void anEmptyDatabaseGetsAllTables() throws SQLException {
        var database = ScratchDatabase.create();
        assertThat(database.migrate()).isEqualTo(DatabaseMigrations.FILES.size());
        assertThat(
                        database.queryColumn(
                                "select table_name::text from information_schema.tables where table_schema = 'public' order by 1"))
                .containsExactly(
                        "gazelle_appointment_pianos",
                        "gazelle_appointments",
                        "gazelle_clients",
                        "gazelle_contacts",
                        "gazelle_pianos",
                        "gazelle_timeline_entries",
                        "produits_catalogue",
                        "scheduler_logs",
                        "users");
    }

    @Test
    void everyColumnOfTheFrozenSchemaExistsWithItsType() throws SQLException {
        var frozen = ScratchDatabase.create();
        frozen.runScript("/frozen-schema.sql");
        var migrated = ScratchDatabase.create();
        migrated.migrate();
        var columns = """
                select table_schema || '.' || table_name || '.' || column_name || ' ' || udt_name || ' '
                  || coalesce(character_maximum_length::text, '') || coalesce(numeric_precision::text, '')
                  || ' ' || is_nullable || ' ' || coalesce(regexp_replace(column_default, 'nextval.*', 'serial'), '')
                from information_schema.columns
                where table_schema = 'public' or table_name in ('note_reading', 'maintenance_alert') order by 1
                """;
        assertThat(migrated.queryColumn(columns)).isEqualTo(frozen.queryColumn(columns));
    }

    @Test
    void runningTwiceChangesNothing() throws SQLException {
        var database = ScratchDatabase.create();
        database.migrate();
        assertThat(database.migrate()).isZero();
    }

    @Test
    void runningTwiceIsHarmlessEvenWithoutTheHistoryTable() throws SQLException {
        var database = ScratchDatabase.create();
        database.migrate();
        database.execute(
                "insert into public.scheduler_logs (job_name, status, started_at) values ('x', 'success', now())");
        database.execute("drop table automation.schema_history");
        assertThat(database.migrate()).isEqualTo(DatabaseMigrations.FILES.size());
        assertThat(database.queryColumn("select job_name from public.scheduler_logs"))
                .containsExactly("x");
    }

    @Test
    void severalServicesMayMigrateConcurrently() throws Exception {
        var database = ScratchDatabase.create();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> start = database::migrate;
            var applied = threads.invokeAll(List.of(start, start, start, start, start));
            int sum = 0;
            for (var one : applied) {
                sum += one.get();
            }
            assertThat(sum).isEqualTo(DatabaseMigrations.FILES.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"task_name", "finished_at", "frozen"})
    void everyKnownShapeOfSchedulerLogsIsMigratedAndKeepsItsRows(String shape) throws SQLException {
        var database = ScratchDatabase.create();
        database.runScript("/older/scheduler_logs-" + shape + ".sql");
        var before = database.queryColumn("select id::text from scheduler_logs order by 1");
        database.migrate();
        database.migrate();
        assertThat(database.queryColumn("select id::text from scheduler_logs order by 1"))
                .isEqualTo(before);
        assertThat(
                        database.queryColumn(
                                "select completed_at::text from scheduler_logs where job_name like 'sync%' and completed_at = '2026-01-09T02:02:00Z'"))
                .hasSize(1);
        assertThat(database.queryColumn("select details->>'rows' from scheduler_logs where job_name like 'sync%'"))
                .containsExactly("4135");
        database.execute(
                "insert into scheduler_logs (id, job_name, status, started_at) values (gen_random_uuid(), 'new', 'running', now())");
    }

    @Test
    void theFormerMessageColumnBecomesTheErrorMessage() throws SQLException {
        var database = ScratchDatabase.create();
        database.runScript("/older/scheduler_logs-task_name.sql");
        database.migrate();
        assertThat(database.queryColumn("select error_message from scheduler_logs where job_name = 'rapport'"))
                .containsExactly("quota");
        assertThat(database.queryColumn(
                        "select task_label || message from scheduler_logs where task_name = 'sync_gazelle'"))
                .containsExactly("Syncok");
    }

    @Test
    void anExistingMirrorKeepsItsRowsAndAcceptsGazelleData() throws SQLException {
        var database = ScratchDatabase.create();
        database.runScript("/older/mirror-tables.sql");
        database.migrate();
        assertThat(database.queryColumn("select tags::text || remarque_interne || score from gazelle_clients"))
                .containsExactly("{institutional,prioritaire}clé chez le gardien7");
        assertThat(database.queryColumn("select dampp_chaser_installed::text from gazelle_pianos"))
                .containsExactly("true");
        assertThat(database.queryColumn("select metadata::text from gazelle_timeline_entries"))
                .containsExactly("{\"mesure\": 1}");
        assertThat(database.queryColumn("select gazelle_product_id from produits_catalogue"))
                .containsExactly("12");
        database.execute(
                "insert into gazelle_clients (external_id, company_name, status) values ('cli_x', 'X', 'A_NEW_STATUS')");
        database.execute(
                "insert into gazelle_timeline_entries (external_id, entry_type) values ('tme_x', 'A_NEW_TYPE')");
    }

    @Test
    void newTablesAreClosedToWebRolesAndExistingOnesAreUnchanged() throws SQLException {
        var database = ScratchDatabase.create();
        database.runScript("/older/scheduler_logs-frozen.sql");
        database.migrate();
        assertThat(
                        database.queryColumn(
                                "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity"))
                .containsExactly("scheduler_logs");
        assertThat(database.queryColumn(
                        "select grantee::text from information_schema.role_table_grants where grantee = 'anon'"))
                .isEmpty();
    }

    @Test
    void aTableWithoutItsKeyIsReportedWithTheSqlToRun() throws SQLException {
        var database = ScratchDatabase.create();
        database.execute("create table gazelle_clients (id serial primary key, external_id text, company_name text)");
        assertThatThrownBy(database::migrate)
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("public.gazelle_clients")
                .hasMessageContaining("alter table public.gazelle_clients add constraint");
        assertThat(database.queryColumn("select 1::text from pg_namespace where nspname = 'automation'"))
                .isEmpty();
    }

    @Test
    void aColumnOfAnotherTypeIsReportedWithTheSqlToRun() throws SQLException {
        var database = ScratchDatabase.create();
        database.execute("create table gazelle_pianos (id serial primary key, external_id text unique, year text)");
        assertThatThrownBy(database::migrate)
                .hasMessage(
                        "column public.gazelle_pianos.year is text and must be int. Run: alter table public.gazelle_pianos alter column year type int using year::int");
    }

    @Test
    void theServiceRoleMayChangeRowsButNotTheSchema() throws SQLException {
        var database = ScratchDatabase.create();
        database.execute("drop role if exists gazelle_service");
        database.execute("create role gazelle_service login password 'service'");
        new DatabaseMigrations(database.settings(), "gazelle_service").run();
        var service = database.withUser("gazelle_service", "service");
        service.execute("insert into public.gazelle_clients (external_id, company_name) values ('cli_1', 'Un')");
        service.execute(
                "insert into automation.outbox (source, topic, key, headers, payload) values ('s', 't', 'k', '{}', '{}')");
        assertThat(service.queryColumn("select external_id from public.gazelle_clients"))
                .containsExactly("cli_1");
        assertThatThrownBy(() -> service.execute("drop table public.gazelle_clients"))
                .hasMessageContaining("must be owner");
        assertThatThrownBy(() -> service.execute("delete from automation.schema_history"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void testsRunInAnotherSessionTimeZone() throws SQLException {
        TestEnvironment.get();
        assertThat(ScratchDatabase.create().queryColumn("show timezone")).containsExactly("Pacific/Auckland");
    }

    @Test
    void aDatabaseOfAnEarlierDevelopmentVersionIsRefusedUntouched() throws SQLException {
        var database = ScratchDatabase.create();
        database.execute("create schema automation");
        database.execute("create table automation.bell (event_id text primary key)");
        assertThatThrownBy(database::migrate)
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("unreleased development version")
                .hasMessageContaining("drop schema automation cascade");
        assertThat(
                        database.queryColumn(
                                "select table_name::text from information_schema.tables where table_schema in ('automation', 'public')"))
                .containsExactly("bell");
    }

    @Test
    void quiescingEndsOpenRunsAndPausesEveryJob() throws SQLException {
        var database = ScratchDatabase.create();
        database.migrate();
        database.execute("""
        insert into automation.run (run_id, job, cause, scheduled_for, status, max_attempts, wait_reason)
        values ('00000000-0000-0000-0000-000000000001', 'sync', 'SCHEDULED', now(), 'queued', 3, 'OVERLAP'),
          ('00000000-0000-0000-0000-000000000002', 'sync', 'SCHEDULED', now(), 'success', 3, null);
        insert into automation.inbox (run_id, attempt, worker, job, trigger, state, sequence)
        values ('00000000-0000-0000-0000-000000000001', 1, 'sync', 'sync', '{}', 'waiting', 1);
        insert into automation.outbox (source, topic, key, headers, payload) values ('s', 't', 'k', '{}', '{}');
        insert into automation.notification (kind, subject_id, recipient, status) values ('ADMIN', 'e', 'ADMIN', 'PENDING');
        insert into automation.job_state (job, schedule, planned_until) values ('sync', '{}', now());
        insert into automation.gazelle_token (client_id, refresh_token, initial_refresh_token_hash) values ('app', '', '');
        """);
        assertThat(database.queryColumn("select automation.quiesce()"))
                .containsExactly(
                        "accepted attempts → lost: 1",
                        "open runs → error: 1",
                        "unsent events → expired: 1",
                        "unsent notifications → AMBIGUOUS: 1",
                        "timetables → paused: 1",
                        "tokens for Gazelle → removed: 1");
        assertThat(database.queryColumn("select automation.quiesce()")).isEmpty();
        assertThat(database.queryColumn(
                        "select status || ' ' || coalesce(error ->> 'class', '-') from automation.run order by run_id"))
                .containsExactly("error RESTORED", "success -");
        // Nothing that fell due between the backup and now is caught up.
        assertThat(
                        database.queryColumn(
                                "select (planned_until > now() - interval '1 minute') || ' ' || (next_at is null) from automation.job_state"))
                .containsExactly("true true");
    }
}
