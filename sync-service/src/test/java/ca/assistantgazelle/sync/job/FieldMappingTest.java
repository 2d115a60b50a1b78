package ca.assistantgazelle.sync.job;

import ca.assistantgazelle.emulators.gazelle.EmulatedRecords;
import ca.assistantgazelle.emulators.gazelle.GazelleEmulator;
import ca.assistantgazelle.emulators.gazelle.GazelleFault;
import ca.assistantgazelle.emulators.gazelle.RecordCollection;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.runtime.sql.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares every column of every row of the sample company with an independent implementation of the mapping rules. */
@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
@QuarkusTestResource(ShortRetryTestResource.class)
class FieldMappingTest {
    private static final ZoneId MONTREAL = ZoneId.of("America/Toronto");

    @Inject
    SyncRuns runs;

    @Inject
    Database database;

    private final GazelleEmulator gazelle = TestEnvironment.get().gazelle();
    private final EmulatedRecords records = gazelle.records();

    @BeforeEach
    void syncEverything() throws Exception {
        runs.emptyTables();
        // Forward compatibility: every response has additional, unrequested fields.
        gazelle.faults().set(GazelleFault.UNKNOWN_FIELDS, 0, 1_000);
        runs.sync("full");
    }

    @AfterEach
    void clearFaults() {
        gazelle.faults().clear();
    }

    @Test
    void clients() {
        for (var client : records.all(RecordCollection.CLIENTS)) {
            var contact = defaultContact(client);
            var place = map(contact.get("defaultLocation"));
            var expected = new HashMap<String, Object>();
            expected.put("external_id", client.get("id"));
            expected.put("company_name", companyName(client, contact));
            expected.put("first_name", trimmed(contact.get("firstName")));
            expected.put("last_name", trimmed(contact.get("lastName")));
            expected.put("status", client.get("status"));
            expected.put("client_type", client.get("clientType"));
            expected.put("tags", client.get("tags"));
            expected.put("gazelle_tags", client.get("tags"));
            expected.put("email", trimmed(map(contact.get("defaultEmail")).get("email")));
            expected.put("phone", trimmed(map(contact.get("defaultPhone")).get("phoneNumber")));
            expected.put("street", street(place));
            expected.put("city", trimmed(place.get("municipality")));
            expected.put("region", trimmed(place.get("region")));
            expected.put("postal_code", trimmed(place.get("postalCode")));
            expected.put("country_code", trimmed(place.get("countryCode")));
            expected.put("personal_notes", trimmed(client.get("personalNotes")));
            expected.put("preference_notes", trimmed(client.get("preferenceNotes")));
            expected.put("locale", client.get("locale"));
            expected.put("preferred_technician_id", client.get("preferredTechnicianId"));
            expected.put("lifecycle_state", client.get("lifecycleState"));
            expected.put("gazelle_created_at", instant(client.get("createdAt")));
            expected.put("gazelle_updated_at", instant(client.get("updatedAt")));
            assertRow("gazelle_clients", client, notDeleted(expected));
        }
    }

    @Test
    void contacts() {
        for (var contact : records.all(RecordCollection.CONTACTS)) {
            var expected = new HashMap<String, Object>();
            expected.put("external_id", contact.get("id"));
            expected.put("client_external_id", contact.get("clientId"));
            expected.put("first_name", trimmed(contact.get("firstName")));
            expected.put("last_name", trimmed(contact.get("lastName")));
            expected.put("role", trimmed(contact.get("role")));
            expected.put("email", trimmed(map(contact.get("defaultEmail")).get("email")));
            expected.put("phone", trimmed(map(contact.get("defaultPhone")).get("phoneNumber")));
            expected.put("is_default", contact.get("isDefault"));
            expected.put("is_billing_default", contact.get("isBillingDefault"));
            expected.put("archived", contact.get("archived"));
            assertRow("gazelle_contacts", contact, notDeleted(expected));
        }
    }

    @Test
    void pianos() {
        for (var piano : records.all(RecordCollection.PIANOS)) {
            var expected = new HashMap<String, Object>();
            expected.put("external_id", piano.get("id"));
            expected.put("client_external_id", piano.get("clientId"));
            for (var field : Map.of(
                            "make", "make",
                            "model", "model",
                            "serial_number", "serialNumber",
                            "type", "type",
                            "year", "year",
                            "location", "location",
                            "notes", "notes",
                            "status", "status",
                            "gazelle_dampp_chaser_installed", "damppChaserInstalled",
                            "dampp_chaser_humidistat_model", "damppChaserHumidistatModel")
                    .entrySet()) {
                expected.put(field.getKey(), piano.get(field.getValue()));
            }
            for (var field : Map.of(
                            "dampp_chaser_mfg_date", "damppChaserMfgDate",
                            "service_interval_months", "serviceIntervalMonths",
                            "manual_last_service", "manualLastService",
                            "event_last_service", "eventLastService",
                            "calculated_last_service", "calculatedLastService",
                            "calculated_next_service", "calculatedNextService")
                    .entrySet()) {
                expected.put(field.getKey(), piano.get(field.getValue()));
            }
            expected.put("dampp_chaser_installed", Boolean.TRUE.equals(piano.get("damppChaserInstalled")));
            expected.put("gazelle_created_at", instant(piano.get("createdAt")));
            expected.put("gazelle_updated_at", instant(piano.get("updatedAt")));
            assertRow("gazelle_pianos", piano, notDeleted(expected));
        }
    }

    @Test
    void appointments() {
        for (var event : records.all(RecordCollection.EVENTS)) {
            var start = instant(event.get("start"));
            ZonedDateTime local = start == null ? null : start.atZone(MONTREAL);
            var pianos = list(event.get("pianos"));
            var expected = new HashMap<String, Object>();
            expected.put("external_id", event.get("id"));
            expected.put("client_external_id", event.get("clientId"));
            expected.put(
                    "piano_external_id",
                    pianos.isEmpty() ? null : pianos.getFirst().get("pianoId"));
            expected.put("title", event.get("title"));
            expected.put("description", event.get("notes"));
            expected.put("notes", trimmed(event.get("notes")) == null ? event.get("title") : event.get("notes"));
            expected.put("location", event.get("addressLine") == null ? "" : event.get("addressLine"));
            expected.put(
                    "appointment_date",
                    local == null ? null : local.toLocalDate().toString());
            expected.put("appointment_time", local == null ? null : clock(local.toLocalTime()));
            expected.put("start_datetime", start);
            expected.put("duration_minutes", event.get("duration"));
            expected.put("is_all_day", event.get("isAllDay"));
            expected.put("status", event.get("status"));
            expected.put("event_type", event.get("type"));
            expected.put("technicien", event.get("userId"));
            expected.put("travel_mode", event.get("travelMode"));
            expected.put("source", event.get("source"));
            expected.put("created_by", event.get("createdById"));
            expected.put("confirmed_by_client", Boolean.TRUE.equals(event.get("confirmedByClient")));
            expected.put("confirmed_at", instant(event.get("confirmedAt")));
            expected.put("gazelle_created_at", instant(event.get("createdAt")));
            expected.put("gazelle_updated_at", instant(event.get("updatedAt")));
            expected.put("last_notified_tech_id", null);
            expected.put("last_notified_schedule", null);
            assertRow("gazelle_appointments", event, notDeleted(expected));
            assertPianos((String) event.get("id"), pianos);
        }
    }

    @Test
    void timeline() {
        for (var entry : records.all(RecordCollection.TIMELINE)) {
            var expected = new HashMap<String, Object>();
            expected.put("external_id", entry.get("id"));
            expected.put("client_id", entry.get("clientId"));
            expected.put("piano_id", entry.get("pianoId"));
            expected.put("user_id", entry.get("userId"));
            expected.put("invoice_id", entry.get("invoiceId"));
            expected.put("estimate_id", entry.get("estimateId"));
            expected.put("entry_type", entry.get("type"));
            expected.put("title", entry.get("summary"));
            expected.put("description", entry.get("comment"));
            expected.put("occurred_at", instant(entry.get("occurredAt")));
            expected.put("metadata", null);
            assertRow("gazelle_timeline_entries", entry, notDeleted(expected));
        }
    }

    @Test
    void users() {
        for (var user : records.all(RecordCollection.USERS)) {
            var expected = new HashMap<String, Object>();
            expected.put("id", user.get("id"));
            expected.put("external_id", user.get("id"));
            expected.put("first_name", user.get("firstName"));
            expected.put("last_name", user.get("lastName"));
            expected.put("email", trimmed(user.get("email")));
            expected.put("phone", null);
            expected.put("role", null);
            expected.put("gazelle_status", user.get("status"));
            expected.put("gazelle_access_level", user.get("accessLevel"));
            expected.put("is_schedulable", user.get("isSchedulable"));
            new MirrorRows(database).assertRow("users", "id", user.get("id"), expected);
        }
    }

    @Test
    void catalogue() {
        for (var service : records.all(RecordCollection.SERVICES)) {
            var group = records.find(RecordCollection.GROUPS, (String) service.get("masterServiceGroupId"));
            var cents = (Integer) service.get("amount");
            var expected = new HashMap<String, Object>();
            expected.put("code_produit", "GAZ-" + service.get("id"));
            expected.put("gazelle_product_id", service.get("id"));
            expected.put("nom", translated(service.get("name")));
            expected.put("categorie", translated(group.get("name")));
            expected.put("description", translated(service.get("description")));
            expected.put("prix_unitaire", cents == null ? null : BigDecimal.valueOf(cents, 2));
            expected.put("unite_mesure", "unité");
            expected.put("is_active", !Boolean.TRUE.equals(service.get("isArchived")));
            new MirrorRows(database).assertRow("produits_catalogue", "gazelle_product_id", service.get("id"), expected);
        }
    }

    private void assertPianos(String event, List<Map<String, Object>> pianos) {
        var stored = database.list(
                "select piano_external_id || ' ' || coalesce(is_tuning::text, '-') || ' ' || position from gazelle_appointment_pianos where appointment_external_id = $1 order by position",
                row -> row.getString(0),
                event);
        var expected = new java.util.ArrayList<String>();
        for (var piano : pianos) {
            expected.add(piano.get("pianoId") + " " + piano.get("isTuning") + " " + (expected.size() + 1));
        }
        org.assertj.core.api.Assertions.assertThat(stored).isEqualTo(expected);
    }

    private void assertRow(String table, Map<String, Object> held, Map<String, Object> expected) {
        new MirrorRows(database).assertRow(table, "external_id", held.get("id"), expected);
    }

    private static Map<String, Object> notDeleted(Map<String, Object> expected) {
        expected.put("deleted_at", null);
        expected.put("deleted_reason", null);
        return expected;
    }

    private Map<String, Object> defaultContact(Map<String, Object> client) {
        return records.where(RecordCollection.CONTACTS, "clientId", client.get("id")).stream()
                .filter(contact -> Boolean.TRUE.equals(contact.get("isDefault")))
                .findFirst()
                .orElse(Map.of());
    }

    private static String companyName(Map<String, Object> client, Map<String, Object> contact) {
        var company = trimmed(client.get("companyName"));
        if (company != null) {
            return company;
        }
        var first = trimmed(contact.get("firstName"));
        var last = trimmed(contact.get("lastName"));
        return first == null && last == null
                ? "(sans nom)"
                : ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
    }

    private static String street(Map<String, Object> place) {
        var first = trimmed(place.get("street1"));
        var second = trimmed(place.get("street2"));
        return second == null ? first : first == null ? second : first + ", " + second;
    }

    private static String translated(Object texts) {
        var map = map(texts);
        var french = trimmed(map.get("fr_CA"));
        return french != null ? (String) map.get("fr_CA") : (String) map.get("en_US");
    }

    private static String clock(LocalTime time) {
        return time.truncatedTo(ChronoUnit.SECONDS).format(java.time.format.DateTimeFormatter.ofPattern("HH:mm:ss"));
    }

    private static String trimmed(Object text) {
        return text == null || ((String) text).isBlank() ? null : ((String) text).strip();
    }

    private static Instant instant(Object text) {
        return text == null ? null : Instant.parse((String) text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return value == null ? List.of() : (List<Map<String, Object>>) value;
    }
}
