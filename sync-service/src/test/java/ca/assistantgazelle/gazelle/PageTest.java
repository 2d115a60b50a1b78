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
  void nullNodesKeepTheirPlaceAndTheLastPageHasNoNext() throws Exception {
    var page =
        Page.whole(
            json(
                "{\"totalCount\": 3, \"nodes\": [{\"id\": \"a\"}, null], \"pageInfo\": {\"hasNextPage\": true, \"endCursor\": \"Mg\"}}"));
    assertThat(page.nodes()).hasSize(2);
    assertThat(page.nodes()).element(1).matches(Unreadable::is);
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

  @Test
  void pagesEndSomeTime() {
    var circle = new Paging();
    assertThatThrownBy(
            () -> {
              for (int page = 0; page < 100; page++) {
                circle.read(100, 320);
              }
            })
        .isInstanceOf(GazelleException.class)
        .hasMessageContaining("1700 records were read of 320");
    var desert = new Paging();
    assertThatThrownBy(
            () -> {
              for (int page = 0; page < 100; page++) {
                desert.read(0, 320);
              }
            })
        .isInstanceOf(GazelleException.class);
    var busyDay = new Paging();
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
