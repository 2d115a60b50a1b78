package ca.assistantgazelle.notes.note;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineEntryTextTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Accord, 21C 39%, Accord, Accord / 21C 39%",
                "Accord, Accord 440 Hz. 21C, Accord 440 Hz. 21C, Accord 440 Hz. 21C",
                "-, 21C, 21C, 21C",
                "'', 21C, 21C, 21C",
                "Accord, -, Accord, Accord",
                "-, -, '', ''",
                "' Accord ', Accord, Accord, Accord"
            })
    void isDisplayedOnceAndAnalysedInFull(String title, String description, String shown, String whole) {
        assertThat(TimelineEntryText.displayText(title, description)).isEqualTo(shown);
        assertThat(TimelineEntryText.fullText(title, description)).isEqualTo(whole.replace(" / ", "\n"));
    }
}
