package ca.assistantgazelle.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientMappingTest {
    @Test
    void everyFieldIsMappedToItsColumn() throws Exception {
        var row = ClientMapping.client(json("""
                {"id": "cli_a1B2c3D4e5F6g7H8", "companyName": " École  d'Été ", "status": "A_NEW_STATUS", "clientType": "École",
                 "tags": ["fidèle", "à rappeler"], "personalNotes": " chat craintif ", "preferenceNotes": "  ",
                 "preferredTechnicianId": "usr_t1", "lifecycleState": "no-lifecycle", "createdAt": "2019-03-02T15:04:05Z",
                 "updatedAt": "2026-01-07T13:20:11Z", "defaultClientLocalization": {"locale": "fr_CA"}, "unknown": {"x": 1},
                 "defaultContact": {"firstName": " Zoé ", "lastName": "D’Essai", "defaultEmail": {"email": "zoe@example.com"},
                   "defaultPhone": {"phoneNumber": "(000) 555-0100"}, "defaultLocation": {"street1": "1, rue Fictive",
                   "street2": "app. 2", "municipality": "Montréal", "region": "QC", "postalCode": "H0H 0H0", "countryCode": "CA"}}}
                """));
        assertThat(row)
                .isEqualTo(new ClientRow(
                        "cli_a1B2c3D4e5F6g7H8",
                        "École  d'Été",
                        "Zoé",
                        "D’Essai",
                        "A_NEW_STATUS",
                        "École",
                        List.of("fidèle", "à rappeler"),
                        "zoe@example.com",
                        "(000) 555-0100",
                        "1, rue Fictive, app. 2",
                        "Montréal",
                        "QC",
                        "H0H 0H0",
                        "CA",
                        "chat craintif",
                        null,
                        "fr_CA",
                        "usr_t1",
                        "no-lifecycle",
                        Instant.parse("2019-03-02T15:04:05Z"),
                        Instant.parse("2026-01-07T13:20:11Z")));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "Studio,Alix,Exemple,Studio",
                "'',Alix,Exemple,Alix Exemple",
                "null,Alix,null,Alix",
                "'  ','',Exemple,Exemple",
                "null,null,null,(sans nom)"
            })
    void aClientNameFallsBackFromCompanyToPerson(String company, String first, String last, String expected)
            throws Exception {
        var client = new ObjectMapper().createObjectNode().put("id", "cli_1").put("companyName", company);
        client.putObject("defaultContact").put("firstName", first).put("lastName", last);
        assertThat(ClientMapping.client(client).companyName()).isEqualTo(expected);
    }

    @Test
    void aClientWithoutContactHasNullsAndNoTagsIsAnEmptyList() throws Exception {
        var row = ClientMapping.client(json("{\"id\": \"cli_1\", \"defaultContact\": null, \"tags\": []}"));
        assertThat(row.email()).isNull();
        assertThat(row.street()).isNull();
        assertThat(row.gazelleTags()).isEmpty();
    }

    @Test
    void aContactReferencesItsClient() throws Exception {
        var row = ClientMapping.contact(json("""
                {"id": "con_1", "client": {"id": "cli_1"}, "firstName": "", "lastName": "Exemple", "role": null, "archived": true,
                 "isDefault": false, "isBillingDefault": null, "defaultEmail": null, "defaultPhone": null}
                """));
        assertThat(row)
                .isEqualTo(new ContactRow("con_1", "cli_1", null, "Exemple", null, null, null, false, null, true));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
