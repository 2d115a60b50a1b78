package ca.assistantgazelle.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.peers.testing.TestPeers;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsTest {
  @Test
  void anEmptyDatabaseGetsTheFrozenTables() throws SQLException {
    var database = ScratchDatabase.create();
    assertThat(database.migrate()).isEqualTo(Migrations.FILES.size());
    assertThat(
            database.column(
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
  void everyColumnOfTheFrozenSchemaIsThereWithItsType() throws SQLException {
    var frozen = ScratchDatabase.create();
    frozen.run("/frozen-schema.sql");
    var migrated = ScratchDatabase.create();
    migrated.migrate();
    var columns =
        """
        select table_schema || '.' || table_name || '.' || column_name || ' ' || udt_name || ' '
          || coalesce(character_maximum_length::text, '') || coalesce(numeric_precision::text, '')
          || ' ' || is_nullable || ' ' || coalesce(regexp_replace(column_default, 'nextval.*', 'serial'), '')
        from information_schema.columns
        where table_schema = 'public' or table_name in ('note_reading', 'maintenance_alert') order by 1
        """;
    assertThat(migrated.column(columns)).isEqualTo(frozen.column(columns));
  }

  @Test
  void runningTwiceChangesNothing() throws SQLException {
    var database = ScratchDatabase.create();
    database.migrate();
    assertThat(database.migrate()).isZero();
  }

  @Test
  void runningTwiceIsHarmlessEvenWhenTheHistoryIsLost() throws SQLException {
    var database = ScratchDatabase.create();
    database.migrate();
    database.execute(
        "insert into public.scheduler_logs (job_name, status, started_at) values ('x', 'success', now())");
    database.execute("drop table automation.schema_history");
    assertThat(database.migrate()).isEqualTo(Migrations.FILES.size());
    assertThat(database.column("select job_name from public.scheduler_logs")).containsExactly("x");
  }

  @Test
  void severalServicesMayStartAtOnce() throws Exception {
    var database = ScratchDatabase.create();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> start = database::migrate;
      var applied = threads.invokeAll(List.of(start, start, start, start, start));
      int sum = 0;
      for (var one : applied) {
        sum += one.get();
      }
      assertThat(sum).isEqualTo(Migrations.FILES.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"task_name", "finished_at", "seed"})
  void everyRecordedShapeOfSchedulerLogsServesAndKeepsItsRows(String shape) throws SQLException {
    var database = ScratchDatabase.create();
    database.run("/older/scheduler_logs-" + shape + ".sql");
    var before = database.column("select id::text from scheduler_logs order by 1");
    database.migrate();
    database.migrate();
    assertThat(database.column("select id::text from scheduler_logs order by 1")).isEqualTo(before);
    assertThat(
            database.column(
                "select completed_at::text from scheduler_logs where job_name like 'sync%' and completed_at = '2026-01-09T02:02:00Z'"))
        .hasSize(1);
    assertThat(
            database.column(
                "select details->>'rows' from scheduler_logs where job_name like 'sync%'"))
        .containsExactly("4135");
    database.execute(
        "insert into scheduler_logs (id, job_name, status, started_at) values (gen_random_uuid(), 'new', 'running', now())");
  }

  @Test
  void theFormerCodesMessageBecomesTheErrorMessage() throws SQLException {
    var database = ScratchDatabase.create();
    database.run("/older/scheduler_logs-task_name.sql");
    database.migrate();
    assertThat(
            database.column("select error_message from scheduler_logs where job_name = 'rapport'"))
        .containsExactly("quota");
    assertThat(
            database.column(
                "select task_label || message from scheduler_logs where task_name = 'sync_gazelle'"))
        .containsExactly("Syncok");
  }

  @Test
  void somebodysMirrorKeepsItsRowsAndTakesWhatGazelleSends() throws SQLException {
    var database = ScratchDatabase.create();
    database.run("/older/mirror-tables.sql");
    database.migrate();
    assertThat(
            database.column("select tags::text || remarque_interne || score from gazelle_clients"))
        .containsExactly("{institutional,prioritaire}clé chez le gardien7");
    assertThat(database.column("select dampp_chaser_installed::text from gazelle_pianos"))
        .containsExactly("true");
    assertThat(database.column("select metadata::text from gazelle_timeline_entries"))
        .containsExactly("{\"mesure\": 1}");
    assertThat(database.column("select gazelle_product_id from produits_catalogue"))
        .containsExactly("12");
    database.execute(
        "insert into gazelle_clients (external_id, company_name, status) values ('cli_x', 'X', 'A_NEW_STATUS')");
    database.execute(
        "insert into gazelle_timeline_entries (external_id, entry_type) values ('tme_x', 'A_NEW_TYPE')");
  }

  @Test
  void whatWeCreateIsClosedToTheWebRolesAndWhatWeFindIsLeftAlone() throws SQLException {
    var database = ScratchDatabase.create();
    database.run("/older/scheduler_logs-seed.sql");
    database.migrate();
    assertThat(
            database.column(
                "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity"))
        .containsExactly("scheduler_logs");
    assertThat(
            database.column(
                "select grantee::text from information_schema.role_table_grants where grantee = 'anon'"))
        .isEmpty();
  }

  @Test
  void aTableThatCannotServeIsNamedWithTheSqlToRun() throws SQLException {
    var database = ScratchDatabase.create();
    database.execute(
        "create table gazelle_clients (id serial primary key, external_id text, company_name text)");
    assertThatThrownBy(database::migrate)
        .isInstanceOf(UnusableDatabaseException.class)
        .hasMessageContaining("public.gazelle_clients")
        .hasMessageContaining("alter table public.gazelle_clients add constraint");
    assertThat(database.column("select 1::text from pg_namespace where nspname = 'automation'"))
        .isEmpty();
  }

  @Test
  void aColumnOfAnotherTypeIsNamedWithTheSqlToRun() throws SQLException {
    var database = ScratchDatabase.create();
    database.execute(
        "create table gazelle_pianos (id serial primary key, external_id text unique, year text)");
    assertThatThrownBy(database::migrate)
        .hasMessage(
            "column public.gazelle_pianos.year is text and must be int. Run: alter table public.gazelle_pianos alter column year type int using year::int");
  }

  @Test
  void aLesserRoleMayWorkOnTheRowsButNotOnTheStructure() throws SQLException {
    var database = ScratchDatabase.create();
    database.execute("drop role if exists gazelle_service");
    database.execute("create role gazelle_service login password 'service'");
    new Migrations(database.settings(), "gazelle_service").run();
    var service = database.as("gazelle_service", "service");
    service.execute(
        "insert into public.gazelle_clients (external_id, company_name) values ('cli_1', 'Un')");
    service.execute(
        "insert into automation.outbox (source, topic, key, headers, payload) values ('s', 't', 'k', '{}', '{}')");
    assertThat(service.column("select external_id from public.gazelle_clients"))
        .containsExactly("cli_1");
    assertThatThrownBy(() -> service.execute("drop table public.gazelle_clients"))
        .hasMessageContaining("must be owner");
    assertThatThrownBy(() -> service.execute("delete from automation.schema_history"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void testsRunInAForeignSessionZone() throws SQLException {
    TestPeers.get();
    assertThat(ScratchDatabase.create().column("show timezone"))
        .containsExactly("Pacific/Auckland");
  }
}
