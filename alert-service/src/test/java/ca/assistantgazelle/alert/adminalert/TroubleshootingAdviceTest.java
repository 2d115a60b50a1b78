package ca.assistantgazelle.alert.adminalert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TroubleshootingAdviceTest {
    @Test
    void theGuideHasTheSameHeadings() throws IOException {
        var table = new Properties();
        try (var in = TroubleshootingAdviceTest.class.getResourceAsStream("/depannage.properties")) {
            table.load(new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
        var headings = Files.readString(Path.of("../docs/depannage.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        var titles = table.stringPropertyNames().stream()
                .filter(name -> name.endsWith(".titre"))
                .map(table::getProperty)
                .toList();
        assertThat(headings).containsExactlyInAnyOrderElementsOf(titles);
    }

    @Test
    void anUnknownClassHasGeneralAdvice() {
        assertThat(TroubleshootingAdvice.of("SOMETHING_NEW").title()).isEqualTo("Autre erreur");
        assertThat(TroubleshootingAdvice.of(null).action()).isNotBlank();
        assertThat(TroubleshootingAdvice.of("GAZELLE_TOKEN_REFUSED").cause()).contains("clé");
    }
}
