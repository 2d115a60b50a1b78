package ca.assistantgazelle.runner.convention;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** The measurable part of the naming rules in CONTRIBUTING.md. */
class NamingConventionsTest {
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z0-9]*|[A-Z]+");
    private static final Pattern STRING = Pattern.compile("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", Pattern.DOTALL);
    private static final Pattern PRIVATE_WORDS = Pattern.compile(
            "\\b(nobody|whoever|told|tells|of ours|stands|works again|comes again|goes to|peers?|bell|rehears\\w+|letters?"
                    + "|debris|taker|hearsay|told to|oddit\\w+)\\b",
            Pattern.CASE_INSENSITIVE);
    // Kafka's term, characters, a table of earlier versions, an operating system user.
    private static final Pattern EXEMPT =
            Pattern.compile("dead[-. ]letters?|lower-case letters|automation\\.bell|--reuid=nobody|^\"nobody\"$");
    private static final Pattern INBOX = Pattern.compile("automation\\.inbox\\b");
    private static final Pattern RUN_WRITE = Pattern.compile("(insert into|update|delete from)\\s+automation\\.run\\b");
    private static final double MAX_ONE_WORD_SHARE = 0.15;
    private static final double MIN_MEAN_WORDS = 2.3;
    private static final int MAX_MEDIAN_LINES = 60;
    private static final int MAX_LINES_OF_NINE_IN_TEN = 170;
    private static final int MAX_METHOD_LINES = 40;

    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("event-contract", "contract"),
            Map.entry("database", "database"),
            Map.entry("notes", "notes"),
            Map.entry("service-runtime", "runtime"),
            Map.entry("worker-runtime", "worker"),
            Map.entry("scheduler-service", "scheduler"),
            Map.entry("sync-service", "sync"),
            Map.entry("report-service", "report"),
            Map.entry("alert-service", "alert"),
            Map.entry("backup-service", "backup"),
            Map.entry("operator-cli", "cli"),
            Map.entry("simulator", "simulator"),
            Map.entry("local-runner", "runner"),
            Map.entry("emulators", "emulators"),
            Map.entry("bench", "bench"));

    private static final List<Path> SOURCES = RepositoryFiles.list("**/src/{main,test}/java/**.java");
    private static final List<Path> MAIN = SOURCES.stream()
            .filter(file -> file.toString().contains("src/main/"))
            .toList();

    @Test
    void classNamesSayWhatTheyAre() {
        assertThat(MAIN).hasSizeGreaterThan(500);
        var counts = MAIN.stream().map(NamingConventionsTest::words).toList();
        var oneWord = counts.stream().filter(words -> words == 1).count();
        assertThat((double) oneWord / counts.size()).isLessThanOrEqualTo(MAX_ONE_WORD_SHARE);
        assertThat(counts.stream().mapToInt(words -> words).average().orElseThrow())
                .isGreaterThanOrEqualTo(MIN_MEAN_WORDS);
    }

    @Test
    void filesAreShort() {
        var lines = MAIN.stream()
                .map(file -> RepositoryFiles.read(file).lines().count())
                .sorted()
                .toList();
        assertThat(lines.get(lines.size() / 2)).isLessThanOrEqualTo(MAX_MEDIAN_LINES);
        assertThat(lines.get(lines.size() * 9 / 10)).isLessThanOrEqualTo(MAX_LINES_OF_NINE_IN_TEN);
    }

    @Test
    void methodsAreShort() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var tooLong = new ArrayList<String>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var files = manager.getJavaFileObjectsFromPaths(
                    MAIN.stream().map(RepositoryFiles.ROOT::resolve).toList());
            var task = (JavacTask) compiler.getTask(null, manager, null, null, null, files);
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void unused) {
                        long start = line(unit, positions.getStartPosition(unit, method));
                        long lines = line(unit, positions.getEndPosition(unit, method)) - start + 1;
                        if (method.getBody() != null && lines > MAX_METHOD_LINES) {
                            tooLong.add("%s:%d %s: %d lines"
                                    .formatted(unit.getSourceFile().getName(), start, method.getName(), lines));
                        }
                        return super.visitMethod(method, null);
                    }
                }.scan(unit, null);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static long line(CompilationUnitTree unit, long position) {
        return unit.getLineMap().getLineNumber(position);
    }

    @Test
    void noFileNameIsUsedTwice() {
        assertThat(SOURCES).extracting(file -> file.getFileName().toString()).doesNotHaveDuplicates();
    }

    @Test
    void packagesBeginWithTheNameOfTheirModule() {
        assertThat(SOURCES)
                .allSatisfy(file -> assertThat(file.toString())
                        .contains("/java/ca/assistantgazelle/" + PACKAGES.get(module(file)) + "/"));
    }

    @Test
    void stringsContainNoPrivateWords() {
        var found = new ArrayList<String>();
        for (var file : MAIN) {
            STRING.matcher(RepositoryFiles.read(file))
                    .results()
                    .map(match -> EXEMPT.matcher(match.group()).replaceAll(""))
                    .filter(PRIVATE_WORDS.asPredicate())
                    .forEach(text -> found.add(file + ": " + text));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void oneClassWritesRuns() {
        assertThat(mainFilesWith(RUN_WRITE.asPredicate()))
                .filteredOn(file -> !module(file).equals("bench"))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("RunLedger.java");
    }

    @Test
    void onlyTheWorkerRuntimeReadsTheInbox() {
        assertThat(mainFilesWith(INBOX.asPredicate()))
                .extracting(NamingConventionsTest::module)
                .containsOnly("worker-runtime");
    }

    private static List<Path> mainFilesWith(Predicate<String> condition) {
        return MAIN.stream()
                .filter(file -> condition.test(RepositoryFiles.read(file)))
                .collect(Collectors.toList());
    }

    private static String module(Path file) {
        var first = file.getName(0).toString();
        return List.of("libs", "tools", "testing").contains(first)
                ? file.getName(1).toString()
                : first;
    }

    private static int words(Path file) {
        var name = file.getFileName().toString().replace(".java", "");
        return (int) WORD.matcher(name).results().count();
    }
}
