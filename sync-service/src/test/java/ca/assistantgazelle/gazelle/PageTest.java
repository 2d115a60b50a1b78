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

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }
}
