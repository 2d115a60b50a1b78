package ca.assistantgazelle.runner.convention;

import static org.assertj.core.api.Assertions.assertThat;

import ca.assistantgazelle.contract.config.EnvironmentVariable;
import ca.assistantgazelle.runner.plan.LocalPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be checked of the documentation without reading it. */
class DocumentationTest {
    private static final Pattern ERROR_CLASS =
            Pattern.compile("\"([A-Z]+(?:_[A-Z]+)*_?)\"[^\";]{0,30},\\s*(?:true|false),");
    private static final Path CONFIGURATION = Path.of("docs/configuration.md");
    private static final int MAX_README_LINES = 130;
    private static final int MAX_PARAGRAPH_WORDS = 90;
    private static final int MAX_CELL_CHARACTERS = 200;
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern PROPERTY_VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)[:}]");
    private static final Pattern CODE_VARIABLE =
            Pattern.compile("(?:getenv|variables\\.apply)\\(\\s*\"([A-Z][A-Z0-9_]+)\"");

    private static final List<Path> DOCUMENTS = Stream.concat(
                    RepositoryFiles.list("*.md").stream(), RepositoryFiles.list("docs/**.md").stream())
            .toList();

    /** Run with {@code -Dgazelle.docs.write=true} to generate the document. */
    @Test
    void theConfigurationIsDocumentedAsTheCodeHasIt() throws IOException {
        var generated = configuration();
        if (Boolean.getBoolean("gazelle.docs.write")) {
            Files.writeString(RepositoryFiles.ROOT.resolve(CONFIGURATION), generated);
        }
        assertThat(RepositoryFiles.read(CONFIGURATION)).isEqualTo(generated);
    }

    @Test
    void everyVariableThatIsReadIsDocumented() {
        var read = new TreeSet<String>();
        for (var file : RepositoryFiles.list("**/src/main/**.{properties,java}")) {
            var text = RepositoryFiles.read(file);
            Stream.of(PROPERTY_VARIABLE, CODE_VARIABLE)
                    .flatMap(pattern -> pattern.matcher(text).results())
                    .forEach(match -> read.add(match.group(1)));
        }
        assertThat(read).hasSizeGreaterThan(30);
        assertThat(names()).containsAll(read);
    }

    private static Set<String> names() {
        return Stream.concat(
                        Stream.of(EnvironmentVariable.values()).map(Enum::name),
                        Stream.of(LocalPort.values()).map(LocalPort::variableName))
                .collect(Collectors.toSet());
    }

    @Test
    void theReadmeIsShort() {
        assertThat(RepositoryFiles.read(Path.of("README.md")).lines().count()).isLessThanOrEqualTo(MAX_README_LINES);
    }

    @Test
    void paragraphsAndCellsAreShort() {
        for (var document : DOCUMENTS) {
            assertThat(paragraphs(document))
                    .as(document.toString())
                    .allSatisfy(paragraph -> assertThat(paragraph.split("\\s+").length)
                            .as(paragraph)
                            .isLessThanOrEqualTo(MAX_PARAGRAPH_WORDS));
            assertThat(RepositoryFiles.read(document)
                            .lines()
                            .filter(line -> line.startsWith("|"))
                            .flatMap(line -> Stream.of(line.split("(?<!\\\\)\\|"))))
                    .as(document.toString())
                    .allSatisfy(cell -> assertThat(cell.strip()).hasSizeLessThanOrEqualTo(MAX_CELL_CHARACTERS));
        }
    }

    private static List<String> paragraphs(Path document) {
        var prose = RepositoryFiles.read(document).replaceAll("(?s)```.*?```", "");
        var paragraphs = new ArrayList<String>();
        for (var block : prose.split("\n\\s*\n")) {
            for (var item : block.split("\n(?=\\s*([-*+]|\\d+\\.) )")) {
                if (!item.startsWith("|") && !item.isBlank()) {
                    paragraphs.add(item.strip());
                }
            }
        }
        return paragraphs;
    }

    // PARENT_FAILED stands only beside the error of the parent; the others are explained by their message.
    @Test
    void everyErrorClassIsInTheTroubleshootingGuide() {
        var guide = RepositoryFiles.read(Path.of("docs/depannage.md"));
        var classes = RepositoryFiles.list("**/src/main/java/**.java").stream()
                .filter(file -> !file.startsWith("tools") && !file.startsWith("testing"))
                .flatMap(file -> ERROR_CLASS.matcher(RepositoryFiles.read(file)).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        classes.removeAll(Set.of("CANCELLED", "UNEXPECTED", "PARENT_FAILED", "GAZELLE_HTTP_"));
        assertThat(classes)
                .hasSizeGreaterThan(20)
                .allSatisfy(error -> assertThat(guide).contains("`" + error + "`"));
    }

    @Test
    void linkedFilesExist() {
        for (var document : DOCUMENTS) {
            var folder = Objects.requireNonNullElse(document.getParent(), Path.of(""));
            assertThat(LINK.matcher(RepositoryFiles.read(document)).results().map(link -> link.group(1)))
                    .as(document.toString())
                    .allSatisfy(target -> assertThat(RepositoryFiles.ROOT
                                    .resolve(folder)
                                    .resolve(target)
                                    .normalize())
                            .exists());
        }
    }

    private static String configuration() {
        var text = new StringBuilder();
        text.append("""
                # Configuration

                Every environment variable that the services and tools read. This file is generated from
                `EnvironmentVariable` and `LocalPort`; a test fails when it differs or when a variable is missing.

                A setting `gazelle.*` without a variable in this table has one of its own: `gazelle.api.max-attempts` is
                `GAZELLE_API_MAX_ATTEMPTS`. A renamed setting is refused at the start, with its new name.
                """);
        for (var reader : EnvironmentVariable.Reader.values()) {
            text.append("\n## Read by ")
                    .append(reader.label())
                    .append("\n\n| Variable | Meaning | Default | Example |\n|---|---|---|---|\n");
            for (var variable : EnvironmentVariable.values()) {
                if (variable.reader() == reader) {
                    text.append("| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    variable.name(),
                                    variable.meaning(),
                                    Objects.requireNonNullElse(variable.defaultValue(), "–"),
                                    variable.example() == null ? "–" : "`" + variable.example() + "`"));
                }
            }
        }
        text.append("""

                ## Ports of a local system

                Read by `./gazelle up`.

                | Variable | Port of | Default |
                |---|---|---|
                """);
        for (var port : LocalPort.values()) {
            text.append("| `%s` | %s | %d |\n"
                    .formatted(port.variableName(), port.name().toLowerCase(Locale.ROOT), port.resolve(Map.of())));
        }
        return text.toString();
    }
}
