package ca.assistantgazelle.sync.client;

import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.bool;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.id;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.instant;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.text;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.texts;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.trimmed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Maps a Gazelle client and its contacts to database rows. */
final class ClientMapping {
    private static final String NAMELESS = "(sans nom)";

    private ClientMapping() {}

    static ClientRow client(JsonNode client) {
        var contact = client.path("defaultContact");
        var place = contact.path("defaultLocation");
        return new ClientRow(
                id(client),
                companyName(client, contact),
                trimmed(contact, "firstName"),
                trimmed(contact, "lastName"),
                text(client, "status"),
                text(client, "clientType"),
                texts(client, "tags"),
                trimmed(contact, "defaultEmail", "email"),
                trimmed(contact, "defaultPhone", "phoneNumber"),
                joined(", ", trimmed(place, "street1"), trimmed(place, "street2")),
                trimmed(place, "municipality"),
                trimmed(place, "region"),
                trimmed(place, "postalCode"),
                trimmed(place, "countryCode"),
                trimmed(client, "personalNotes"),
                trimmed(client, "preferenceNotes"),
                text(client, "defaultClientLocalization", "locale"),
                text(client, "preferredTechnicianId"),
                text(client, "lifecycleState"),
                instant(client, "createdAt"),
                instant(client, "updatedAt"));
    }

    /** The contact's record references its client as {@code client.id}. */
    static ContactRow contact(JsonNode contact) {
        return new ContactRow(
                id(contact),
                text(contact, "client", "id"),
                trimmed(contact, "firstName"),
                trimmed(contact, "lastName"),
                trimmed(contact, "role"),
                trimmed(contact, "defaultEmail", "email"),
                trimmed(contact, "defaultPhone", "phoneNumber"),
                bool(contact, "isDefault"),
                bool(contact, "isBillingDefault"),
                bool(contact, "archived"));
    }

    private static String companyName(JsonNode client, JsonNode contact) {
        var company = trimmed(client, "companyName");
        if (company != null) {
            return company;
        }
        var person = joined(" ", trimmed(contact, "firstName"), trimmed(contact, "lastName"));
        return person == null ? NAMELESS : person;
    }

    private static String joined(String separator, String... parts) {
        var joined = Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(separator));
        return joined.isEmpty() ? null : joined;
    }
}
