package ca.assistantgazelle.contract.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantReaderTest {
    private static final ObjectMapper JACKSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-03-08T07:00:00Z\"",
                "\"2026-03-08T07:00:00.1Z\"",
                "\"2026-03-08T07:00:00.123456789Z\"",
                "\"2026-03-08T02:59:59.999-05:00\"",
                "\"2026-03-08T07:00:00+0000\"",
                "\"1969-12-31T23:59:59.5Z\"",
                "\"-0001-01-01T00:00:00Z\"",
                "\"+10000-01-01T00:00:00Z\"",
                "\"\"",
                "1772953200",
                "1772953200.5",
                "null"
            })
    void instantsAreReadAsJacksonReadsThem(String json) throws JsonProcessingException {
        assertThat(EventJson.mapper().readValue(json, Instant.class)).isEqualTo(JACKSON.readValue(json, Instant.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"yesterday\"", "\"2026-02-30T00:00:00Z\"", "\"2026-03-08T07:00:00\"", "\"2026-03-08T07:00Z\""})
    void invalidInstantsAreRejected(String json) {
        assertThatThrownBy(() -> EventJson.mapper().readValue(json, Instant.class))
                .isInstanceOf(InvalidFormatException.class);
    }

    @Test
    void writtenInstantsAreReadBack() throws JsonProcessingException {
        var instant = Instant.ofEpochSecond(1_772_953_200L, 7);
        assertThat(EventJson.mapper().readValue(EventJson.write(instant), Instant.class))
                .isEqualTo(instant);
    }
}
