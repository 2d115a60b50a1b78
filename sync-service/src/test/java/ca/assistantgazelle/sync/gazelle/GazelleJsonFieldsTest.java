package ca.assistantgazelle.sync.gazelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GazelleJsonFieldsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-09T19:30:00Z,2026-01-09T19:30:00Z",
        "2026-01-09T14:30:00-05:00,2026-01-09T19:30:00Z",
        "2026-01-09T19:30:00.250Z,2026-01-09T19:30:00.250Z",
        "2026-01-09T19:30:00,2026-01-09T19:30:00Z"
    })
    void instantsAreReadWithAnyOffsetAndDefaultToUtc(String text, Instant instant) throws Exception {
        assertThat(GazelleJsonFields.instant(json("{\"at\": \"" + text + "\"}"), "at"))
                .isEqualTo(instant);
    }

    @Test
    void absentNullAndEmptyAreTheSameForDates() throws Exception {
        assertThat(GazelleJsonFields.date(json("{}"), "on")).isNull();
        assertThat(GazelleJsonFields.date(json("{\"on\": null}"), "on")).isNull();
        assertThat(GazelleJsonFields.date(json("{\"on\": \"\"}"), "on")).isNull();
        assertThat(GazelleJsonFields.date(json("{\"on\": \"2026-03-08\"}"), "on"))
                .isEqualTo(LocalDate.of(2026, 3, 8));
    }

    @Test
    void aValueOfAnotherTypeIsRejectedByPathWithoutItsContent() throws Exception {
        assertThatThrownBy(() -> GazelleJsonFields.date(json("{\"on\": \"demain\"}"), "on"))
                .isInstanceOf(UnmappableRecordException.class)
                .hasMessage("on is not a date");
        assertThatThrownBy(() -> GazelleJsonFields.integer(json("{\"year\": \"vieux\"}"), "year"))
                .hasMessageContaining("year");
        assertThatThrownBy(() -> GazelleJsonFields.integer(json("{\"year\": 3000000000}"), "year"))
                .hasMessageContaining("year");
        assertThatThrownBy(() -> GazelleJsonFields.bool(json("{\"a\": {\"b\": \"oui\"}}"), "a", "b"))
                .hasMessageContaining("a.b");
        assertThatThrownBy(() -> GazelleJsonFields.text(json("{\"a\": {}}"), "a"))
                .hasMessageContaining("not a string");
        assertThatThrownBy(() -> GazelleJsonFields.id(json("{\"id\": \" \"}"))).hasMessageContaining("no id");
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
