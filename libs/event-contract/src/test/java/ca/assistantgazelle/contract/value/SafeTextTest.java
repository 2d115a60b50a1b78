package ca.assistantgazelle.contract.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
    @Test
    void whatPostgresqlCannotStoreIsRemovedOrReplaced() {
        assertThat(SafeText.storable("a\0b")).isEqualTo("ab");
        assertThat(SafeText.storable("a\ud83db")).isEqualTo("a\ufffdb");
        assertThat(SafeText.storable("\ude00a")).isEqualTo("\ufffda");
        assertThat(SafeText.storable("é 😀 œ")).isEqualTo("é 😀 œ");
        assertThat(SafeText.storable(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"x\\u0000y\"}",
                "{\"a\":\"x\\ud83dy\"}",
                "{\"a\":\"x\\ud83d\"}",
                "{\"a\":\"\\ude00y\\u0000\\u0000\"}",
                "{\"a\":\"\\\\\\u0000\"}",
                "{\"a\\u0000\":1}"
            })
    void noEscapeOfAnUnstorableCharacterIsLeft(String json) throws Exception {
        var clean = new ObjectMapper().readTree(SafeText.storableJson(json));
        assertThat(SafeText.isStorable(clean.toString())).isTrue();
        clean.fieldNames()
                .forEachRemaining(name -> assertThat(SafeText.isStorable(name)).isTrue());
        clean.forEach(value -> assertThat(SafeText.isStorable(value.asText())).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"x\\\\u0000y\"}",
                "{\"a\":\"\\ud83d\\ude00\"}",
                "{\"a\":\"\\u00e9\\n\\t\"}",
                "{\"a\":\"\\\\\\\\u0000\"}",
                "[1, true, null]"
            })
    void otherJsonKeepsItsMeaning(String json) throws Exception {
        var mapper = new ObjectMapper();
        assertThat(mapper.readTree(SafeText.storableJson(json))).isEqualTo(mapper.readTree(json));
    }

    @Test
    void aLineCannotBeForged() {
        assertThat(SafeText.oneLine("Jean\r\n2026-01-01 ERROR forged")).isEqualTo("Jean 2026-01-01 ERROR forged");
        assertThat(SafeText.oneLine("a\u001b[31mred\u0007")).isEqualTo("a\ufffd[31mred\ufffd");
        assertThat(SafeText.oneLine("a\u202eb\u2066c\u2028d\u0085e")).isEqualTo("a\ufffdb\ufffdc d e");
        assertThat(SafeText.oneLine("22 °C — « bien »")).isEqualTo("22 °C — « bien »");
    }

    @Test
    void plainTextHasNoControlCharacters() {
        assertThat(List.of("a\nb", "a\0", "\u001b[2J", "a\ud83d", "a\u202e", "a\u2029", "\ufeffa"))
                .noneMatch(SafeText::isPlain);
        assertThat(List.of("", "à 22 °C", "👍🏽", "l’été")).allMatch(SafeText::isPlain);
    }
}
