package ca.assistantgazelle.gazelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  @Test
  void nullNodesAreLeftOutAndTheLastPageHasNoNext() throws Exception {
    var page =
        Page.whole(
            json(
                "{\"totalCount\": 3, \"nodes\": [{\"id\": \"a\"}, null], \"pageInfo\": {\"hasNextPage\": true, \"endCursor\": \"Mg\"}}"));
    assertThat(page.nodes()).hasSize(1);
    assertThat(page.nulls()).isEqualTo(1);
    assertThat(page.next()).isEqualTo("Mg");
    assertThat(
            Page.whole(
                    json(
                        "{\"totalCount\": 0, \"nodes\": [], \"pageInfo\": {\"hasNextPage\": false, \"endCursor\": \"Mg\"}}"))
                .next())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"nodes\": []}",
        "{\"totalCount\": 3}",
        "{\"totalCount\": 3, \"nodes\": null}"
      })
  void nothingIsNotAnEmptyList(String answer) throws Exception {
    var json = json(answer);
    assertThatThrownBy(() -> Page.whole(json))
        .isInstanceOfSatisfying(
            GazelleException.class,
            e -> assertThat(e.error().errorClass()).isEqualTo("GAZELLE_ANSWER_INCOMPLETE"));
  }

  @Test
  void aListInsideARecordIsReadToItsEndOrNotAtAll() throws Exception {
    var first =
        "{\"totalCount\": 3, \"nodes\": [{\"id\": \"a\"}], \"pageInfo\": {\"hasNextPage\": true, \"endCursor\": \"1\"}}";
    var whole = json(first);
    Page.complete(
        whole,
        cursor ->
            parsed("{\"nodes\": [{\"id\": \"b\"}, null], \"pageInfo\": {\"hasNextPage\": false}}"));
    assertThat(whole.path("nodes")).hasSize(3);
    var cut = json(first);
    assertThatThrownBy(
            () ->
                Page.complete(
                    cut,
                    cursor -> parsed("{\"nodes\": [], \"pageInfo\": {\"hasNextPage\": false}}")))
        .isInstanceOf(GazelleException.class);
    var circling = json(first);
    assertThatThrownBy(
            () ->
                Page.complete(
                    circling,
                    cursor ->
                        parsed(
                            "{\"nodes\": [], \"pageInfo\": {\"hasNextPage\": true, \"endCursor\": \"1\"}}")))
        .isInstanceOf(GazelleException.class);
    var absent = json("null");
    assertThatThrownBy(() -> Page.complete(absent, cursor -> absent))
        .isInstanceOf(GazelleException.class);
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
