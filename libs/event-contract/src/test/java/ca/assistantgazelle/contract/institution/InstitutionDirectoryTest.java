package ca.assistantgazelle.contract.institution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstitutionDirectoryTest {
    private static final InstitutionDirectory BUNDLED = InstitutionDirectory.load(null);

    @ParameterizedTest
    @CsvSource({
        "École de musique Vincent-d'Indy,Vincent",
        "Fondation Vincent-d’Indy,Vincent",
        "École Vincent d Indy,Vincent",
        "Centre Pierre-Péladeau/UQAM,UQAM",
        "centre pierre peladeau,UQAM",
        "Place-des-Arts,Place des Arts",
        "PLACE  DES ARTS,Place des Arts"
    })
    void companyNamesMapToTheirTab(String companyName, String tab) {
        assertThat(BUNDLED.find("cli_1", companyName).orElseThrow().tab()).isEqualTo(tab);
    }

    @ParameterizedTest
    @CsvSource({"Vincent Exemple", "Marie-Place des Artsen", "Alix Exemple"})
    void aPrivateClientBelongsToNoInstitution(String companyName) {
        assertThat(BUNDLED.find("cli_1", companyName)).isEmpty();
    }

    @Test
    void anExplicitIdWinsOverTheName() {
        var institutions = new InstitutionDirectory(List.of(
                new Institution("A", "A", List.of("cli_9"), List.of()),
                new Institution("B", "B", List.of(), List.of("UQAM"))));
        assertThat(institutions.find("cli_9", "UQAM").orElseThrow().name()).isEqualTo("A");
        assertThat(institutions.find("cli_8", "UQAM").orElseThrow().name()).isEqualTo("B");
        assertThat(institutions.find(null, null)).isEmpty();
    }
}
