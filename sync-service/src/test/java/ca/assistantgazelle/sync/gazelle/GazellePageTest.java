package ca.assistantgazelle.sync.gazelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GazellePageTest {
    @Test
    void nullNodesKeepTheirPositionAndTheLastPageHasNoNextCursor() throws Exception {
        var page = GazellePage.ofList(
                json(
                        "{\"totalCount\": 3, \"nodes\": [{\"id\": \"a\"}, null], \"pageInfo\": {\"hasNextPage\": true, \"endCursor\": \"Mg\"}}"));
        assertThat(page.nodes()).hasSize(2);
        assertThat(page.nodes()).element(1).matches(UnreadableRecord::isUnreadable);
        assertThat(page.nextCursor()).isEqualTo("Mg");
        assertThat(GazellePage.ofList(
                                json(
                                        "{\"totalCount\": 0, \"nodes\": [], \"pageInfo\": {\"hasNextPage\": false, \"endCursor\": \"Mg\"}}"))
                        .nextCursor())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "{}", "{\"nodes\": []}", "{\"totalCount\": 3}", "{\"totalCount\": 3, \"nodes\": null}"})
    void aMissingListIsNotAnEmptyList(String answer) throws Exception {
        var json = json(answer);
        assertThatThrownBy(() -> GazellePage.ofList(json))
                .isInstanceOfSatisfying(
                        GazelleException.class,
                        e -> assertThat(e.error().errorClass()).isEqualTo("GAZELLE_ANSWER_INCOMPLETE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", \"endCursor\": null", ", \"endCursor\": \"\""})
    void aFurtherPageWithoutACursorIsNamedAsTheCause(String cursor) throws Exception {
        var json = json("{\"totalCount\": 3, \"nodes\": [{\"id\": \"a\"}], \"pageInfo\": {\"hasNextPage\": true%s}}"
                .formatted(cursor));
        assertThatThrownBy(() -> GazellePage.ofList(json)).hasMessageContaining("without its endCursor");
    }

    @Test
    void aNestedListIsReadCompletelyOrNotAtAll() throws Exception {
        var first =
                "{\"totalCount\": 3, \"nodes\": [{\"id\": \"a\"}], \"pageInfo\": {\"hasNextPage\": true, \"endCursor\": \"1\"}}";
        var whole = json(first);
        GazellePage.fetchRemaining(
                whole,
                cursor -> parsed("{\"nodes\": [{\"id\": \"b\"}, null], \"pageInfo\": {\"hasNextPage\": false}}"));
        assertThat(whole.path("nodes")).hasSize(3);
        var cut = json(first);
        assertThatThrownBy(() -> GazellePage.fetchRemaining(
                        cut, cursor -> parsed("{\"nodes\": [], \"pageInfo\": {\"hasNextPage\": false}}")))
                .isInstanceOf(GazelleException.class);
        var circling = json(first);
        assertThatThrownBy(() -> GazellePage.fetchRemaining(
                        circling,
                        cursor ->
                                parsed("{\"nodes\": [], \"pageInfo\": {\"hasNextPage\": true, \"endCursor\": \"1\"}}")))
                .isInstanceOf(GazelleException.class);
        var absent = json("null");
        assertThatThrownBy(() -> GazellePage.fetchRemaining(absent, cursor -> absent))
                .isInstanceOf(GazelleException.class);
    }

    @Test
    void endlessPagingIsDetected() {
        var circle = new EndlessPagingGuard();
        assertThatThrownBy(() -> {
                    for (int page = 0; page < 100; page++) {
                        circle.read(100, 320);
                    }
                })
                .isInstanceOf(GazelleException.class)
                .hasMessageContaining("1700 records read, 320 expected");
        var desert = new EndlessPagingGuard();
        assertThatThrownBy(() -> {
                    for (int page = 0; page < 100; page++) {
                        desert.read(0, 320);
                    }
                })
                .isInstanceOf(GazelleException.class);
        var busyDay = new EndlessPagingGuard();
        for (int page = 0; page < 50; page++) {
            busyDay.read(100, 4_200);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return json(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
