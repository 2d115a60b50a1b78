package ca.assistantgazelle.gazelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.event.RunError;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void aRefusedQueryIsNamedByCodeAndPlace() {
    var error =
        error(
            """
            {"errors": [{"message": "Field 'name' doesn't exist on type 'PrivateUser'", "path": ["query", "user", "name"],
              "extensions": {"code": "undefinedField", "typeName": "PrivateUser", "fieldName": "name"}}]}
            """);
    assertThat(error.errorClass()).isEqualTo("GAZELLE_QUERY_REFUSED");
    assertThat(error.retryable()).isFalse();
    assertThat(error.message())
        .endsWith(
            "code undefinedField, typeName PrivateUser, fieldName name, path query/user/name");
  }

  @Test
  void whatTheServerQuotesNeverGetsOut() {
    var error =
        error(
            """
            {"data": {"allClients": null}, "errors": [{"message": "undefined method for #<Client Alix Exemple, 12 rue Fictive> key 3f9c0d1e2b",
              "path": ["allClients", "nodes", 3, "Alix Exemple"], "extensions": {"typeName": "oops: Alix Exemple"}}]}
            """);
    assertThat(error.errorClass()).isEqualTo("GAZELLE_ANSWER_PARTIAL");
    assertThat(error.message()).doesNotContain("Alix").doesNotContain("rue").doesNotContain("3f9c");
  }

  @Test
  void anAnswerWithoutDataIsNoAnswer() {
    assertThat(error("{}").errorClass()).isEqualTo("GAZELLE_ANSWER_INCOMPLETE");
    assertThat(error("{\"data\": null}").errorClass()).isEqualTo("GAZELLE_ANSWER_INCOMPLETE");
  }

  private static RunError error(String answer) {
    var failure = new GazelleException[1];
    assertThatThrownBy(() -> Answer.data(Query.CLIENTS, new ObjectMapper().readTree(answer)))
        .isInstanceOfSatisfying(GazelleException.class, e -> failure[0] = e);
    return failure[0].error();
  }
}
