package ca.assistantgazelle.bench.backup;

import ca.assistantgazelle.bench.BenchEnvironment;
import ca.assistantgazelle.bench.BenchReport;
import ca.assistantgazelle.bench.BenchRuns;
import ca.assistantgazelle.bench.BenchmarkScenario;
import ca.assistantgazelle.bench.ProcessMemoryUsage;
import ca.assistantgazelle.bench.SeriesStatistics;
import ca.assistantgazelle.bench.ServiceHeapMonitor;
import ca.assistantgazelle.runner.plan.LocalService;
import ca.assistantgazelle.runner.plan.SampleSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;

/**
 * Compares a backup with {@code pg_dump | zstd} of the same database, and a restore with {@code zstd | pg_restore};
 * then measures memory with ten times the rows.
 */
public final class BackupBench implements BenchmarkScenario {
    private static final int ROUNDS = 5;
    private static final int ROWS = 290_000;
    private static final int GROWTH_FACTOR = 10;

    // Fictitious notes, about as long as real ones.
    private static final String NOTES = """
      insert into gazelle_timeline_entries (external_id, entry_type, client_id, piano_id, user_id, occurred_at, title, description, synced_at)
      select 'tme_b' || i, 'SERVICE_ENTRY_MANUAL', 'cli_' || i % 4000, 'ins_' || i % 4500, 'usr_' || i % 20,
        timestamptz '2016-01-01' + i * interval '17 minutes', 'Accord ' || i % 1000,
        'Accord à 440 Hz, harmonisation de quelques marteaux, réglage de la mécanique ' || md5(i::text) || ' humidité ' || i % 60 || ' % '
          || case when i % 3 = 0 then md5((i * 7)::text) || ' pédale à revoir, étouffoirs ajustés' else '' end, now()
      from generate_series(?, ?) as i
      """;

    private final Path repository;

    public BackupBench(Path repository) {
        this.repository = repository;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public void run(BenchReport report) throws Exception {
        report.logProgress("starting a system, writing %d notes into its database", ROWS);
        var folder = Files.createTempDirectory("gazelle-bench-backup-");
        try (var stage = BenchEnvironment.start(repository, SampleSize.SMALL)) {
            fill(stage, 1, ROWS);
            var course = new BackupFixture(stage, folder);
            dumps(report, course);
            restores(report, course);
            memory(report, stage);
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    private static void fill(BenchEnvironment stage, int from, int to) throws SQLException {
        try (var connection = stage.database();
                var notes = connection.prepareStatement(NOTES);
                var vacuum = connection.createStatement()) {
            notes.setInt(1, from);
            notes.setInt(2, to);
            notes.execute();
            vacuum.execute("vacuum analyze gazelle_timeline_entries");
        }
    }

    private static void dumps(BenchReport report, BackupFixture course) throws Exception {
        var bare = new ArrayList<Double>();
        var published = new ArrayList<Double>();
        var counted = new ArrayList<Double>();
        var whole = new ArrayList<Double>();
        report.logProgress("warm-up round");
        course.pipelineSeconds();
        course.backup();
        for (int i = 0; i < ROUNDS; i++) {
            bare.add(course.bareDumpSeconds());
            published.add(course.pipelineSeconds());
            var manifest = course.backup();
            counted.add(manifest.timingMs().get("upload") / 1_000.0);
            whole.add((manifest.timingMs().get("upload") + manifest.timingMs().get("verify")) / 1_000.0);
            report.logProgress(
                    "round %d: pg_dump | zstd %.2f s; ours %.2f s, with counts %.2f s, read back too %.2f s",
                    i + 1, bare.getLast(), published.getLast(), counted.getLast(), whole.getLast());
        }
        double baseline = SeriesStatistics.of(bare).median();
        report.figure("pg_dump -Fc -Z0 | zstd -T2 -3", baseline, "s");
        report.atMost("dump to published", SeriesStatistics.of(published).median() / baseline, "x", 1.35);
        report.atMost("with counts and checksums", SeriesStatistics.of(counted).median() / baseline, "x", 1.9);
        report.atMost("with full read-back", SeriesStatistics.of(whole).median() / baseline, "x", 2.4);
        report.series("pg_dump | zstd, seconds", bare);
        report.series("dump to published, seconds", published);
        report.series("with counts, seconds", counted);
        report.series("with full read-back, seconds", whole);
    }

    private static void restores(BenchReport report, BackupFixture course) throws Exception {
        var bare = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        course.restoreSeconds();
        for (int i = 0; i < ROUNDS; i++) {
            bare.add(course.bareRestoreSeconds());
            ours.add(course.restoreSeconds());
            report.logProgress(
                    "restore, round %d: zstd | pg_restore %.2f s; ours, verified first, %.2f s",
                    i + 1, bare.getLast(), ours.getLast());
        }
        report.figure("zstd -dc | pg_restore", SeriesStatistics.of(bare).median(), "s");
        report.atMost(
                "restore, the whole archive verified first",
                SeriesStatistics.of(ours).median() / SeriesStatistics.of(bare).median(),
                "x",
                1.15);
    }

    private static void memory(BenchReport report, BenchEnvironment stage) throws Exception {
        var runs = new BenchRuns(stage.api());
        try (var heap = new ServiceHeapMonitor(stage, LocalService.BACKUP)) {
            for (int i = 0; i < ROUNDS; i++) {
                runs.job("backup_supabase_daily");
            }
            double once = ProcessMemoryUsage.residentMegabytes(stage, LocalService.BACKUP);
            report.logProgress("ten times the rows");
            fill(stage, ROWS + 1, GROWTH_FACTOR * ROWS);
            report.figure(
                    "backup of 10 x, two destinations, read back",
                    BenchRuns.seconds(runs.job("backup_supabase_daily")),
                    "s");
            report.atMost("peak heap of backup-service", heap.peakMegabytes(), "MB", 128);
            report.atMost(
                    "resident memory, 10 x over 1 x",
                    ProcessMemoryUsage.residentMegabytes(stage, LocalService.BACKUP) - once,
                    "MB",
                    32);
        }
    }
}
