package ca.assistantgazelle.sync.gazelle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.assistantgazelle.contract.event.RunError;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphQlResponseTest {
    @Test
    void aRejectedQueryIsReportedByCodeAndPath() {
        var error = error("""
                {"errors": [{"message": "Field 'name' doesn't exist on type 'PrivateUser'", "path": ["query", "user", "name"],
                  "extensions": {"code": "undefinedField", "typeName": "PrivateUser", "fieldName": "name"}}]}
                """);
        assertThat(error.errorClass()).isEqualTo("GAZELLE_QUERY_REFUSED");
        assertThat(error.retryable()).isFalse();
        assertThat(error.message())
                .endsWith("code undefinedField, typeName PrivateUser, fieldName name, path query/user/name");
    }

    @Test
    void serverMessagesAreNeverQuoted() {
        var error = error("""
            {"data": {"allClients": null}, "errors": [{"message": "undefined method for #<Client Alix Exemple, 12 rue Fictive> key 3f9c0d1e2b",
              "path": ["allClients", "nodes", 3, "Alix Exemple"], "extensions": {"typeName": "oops: Alix Exemple"}}]}
            """);
        assertThat(error.errorClass()).isEqualTo("GAZELLE_ANSWER_PARTIAL");
        assertThat(error.message()).doesNotContain("Alix").doesNotContain("rue").doesNotContain("3f9c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'message': 'undefined method `id` for nil'} | GAZELLE_ANSWER_PARTIAL",
                "{'message': 'x', 'extensions': {'code': 'INTERNAL_SERVER_ERROR'}} | GAZELLE_ANSWER_PARTIAL",
                "{'message': 'x', 'extensions': {'code': 'THROTTLED'}} | GAZELLE_ANSWER_PARTIAL",
                "{'message': 'x', 'extensions': {'code': 'internalError'}} | GAZELLE_ANSWER_PARTIAL",
                "{'message': 'x', 'extensions': {'code': 'tooManyRequests'}} | GAZELLE_ANSWER_PARTIAL",
                "{'message': 'x', 'extensions': {'code': 'FORBIDDEN'}} | GAZELLE_QUERY_REFUSED",
                "{'message': 'x', 'path': ['query', 'client'], 'extensions': {'code': 'missingRequiredArguments'}} | GAZELLE_QUERY_REFUSED",
                "{'message': 'x', 'extensions': {'problems': []}} | GAZELLE_QUERY_REFUSED",
                "{'message': 'Type mismatch on variable $id (ID! / String)'} | GAZELLE_QUERY_REFUSED",
                "{'message': 'Field x does not matter'} | GAZELLE_ANSWER_PARTIAL"
            })
    void onlyInvalidQueriesAreNotRetryable(String error, String errorClass) {
        var json = "{\"errors\": [" + error.replace('\'', '"') + "]}";
        assertThat(error(json).errorClass()).isEqualTo(errorClass);
        assertThat(error(json.replaceFirst("\\{", "{\"data\": null, ")).errorClass())
                .isEqualTo(errorClass);
    }

    @Test
    void aListIsUsableWhenOnlyItsRecordsHaveErrors() throws Exception {
        var answer = """
                {"data": {"allClients": {"totalCount": 3, "nodes": [{"id": "a"}, null, {"id": "c", "tags": null}]}},
                  "errors": [{"path": ["allClients", "nodes", 1, "name"]}, {"path": ["allClients", "nodes", 2, "tags"]}]}
                """;
        var nodes = listDespiteErrors(answer).orElseThrow().path("nodes");
        assertThat(nodes).map(UnreadableRecord::isUnreadable).containsExactly(false, true, true);
        assertThat(nodes.path(2).path("id").asText()).isEqualTo("c");
        assertThat(listDespiteErrors(answer.replace("\"nodes\", 1", "\"totalCount\", 1")))
                .isEmpty();
        assertThat(listDespiteErrors(answer.replace("{\"path\"", "{\"elsewhere\"")))
                .isEmpty();
        assertThat(listDespiteErrors("{\"data\": null, \"errors\": [{}]}")).isEmpty();
    }

    private static Optional<JsonNode> listDespiteErrors(String answer) throws Exception {
        return GraphQlResponse.listDespiteErrors(GraphQlQuery.CLIENTS, new ObjectMapper().readTree(answer));
    }

    @Test
    void aResponseWithoutDataIsIncomplete() {
        assertThat(error("{}").errorClass()).isEqualTo("GAZELLE_ANSWER_INCOMPLETE");
        assertThat(error("{\"data\": null}").errorClass()).isEqualTo("GAZELLE_ANSWER_INCOMPLETE");
    }

    private static RunError error(String answer) {
        var failure = new GazelleException[1];
        assertThatThrownBy(() -> GraphQlResponse.data(GraphQlQuery.CLIENTS, new ObjectMapper().readTree(answer)))
                .isInstanceOfSatisfying(GazelleException.class, e -> failure[0] = e);
        return failure[0].error();
    }
}
