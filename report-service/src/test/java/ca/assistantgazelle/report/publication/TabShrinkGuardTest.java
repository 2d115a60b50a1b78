package ca.assistantgazelle.report.publication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TabShrinkGuardTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "0, 5, false",
        "100, 100, false",
        "100, 80, false",
        "100, 79, true",
        "100, 0, true",
        "1, 0, true",
        "5, 4, false",
        "4, 3, true",
        "1874, 48, true"
    })
    void refusesALossOfMoreThanAFifth(int before, int after, boolean refused) {
        assertThat(TabShrinkGuard.check(before, after).isPresent()).isEqualTo(refused);
    }
}
