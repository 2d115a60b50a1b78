package ca.assistantgazelle.emulators.gazelle;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Generates the records of a fictitious company; deterministic for a given anchor day. */
public final class SampleCompany {
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final long SEED = 20_260_309;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final EmulatedRecords records;
    private final LocalDate anchor;
    private final List<String> technicians = new ArrayList<>();
    private final List<String> clients = new ArrayList<>();
    private final List<Map<String, Object>> pianos = new ArrayList<>();

    private SampleCompany(EmulatedRecords records, LocalDate anchor) {
        this.records = records;
        this.anchor = anchor;
    }

    /**
     * @param anchor the day around which events and notes are dated
     * @param clock dates records created or edited later
     */
    public static EmulatedRecords create(SampleVolumes volumes, LocalDate anchor, Clock clock) {
        var records = new EmulatedRecords(clock, SEED);
        new SampleCompany(records, anchor).fill(volumes);
        return records;
    }

    private void fill(SampleVolumes volumes) {
        addStaff();
        addCatalogue();
        for (int i = 0; i < volumes.clients(); i++) {
            addClient(i);
        }
        for (int i = 0; i < volumes.extraContacts(); i++) {
            addContact(pick(clients), false, i % 9 == 0);
        }
        for (int i = 0; i < volumes.pianos(); i++) {
            addPiano(i);
        }
        for (int i = 0; i < volumes.events(); i++) {
            addEvent(i, volumes);
        }
        for (int i = 0; i < volumes.timelineEntries(); i++) {
            addTimelineEntry(volumes);
        }
    }

    private void addStaff() {
        for (int i = 0; i < 6; i++) {
            var user = new LinkedHashMap<String, Object>();
            user.put("firstName", SampleVocabulary.FIRST_NAMES.get(i));
            user.put("lastName", i == 4 ? "Bureau" : "Technicien");
            user.put("email", "personne" + i + "@example.com");
            user.put("status", i == 5 ? "INACTIVE" : "ACTIVE");
            user.put("accessLevel", i == 0 ? "ADMIN" : i == 4 ? "ASSISTANT" : "TECHNICIAN");
            user.put("isSchedulable", i != 4);
            user.put("timezone", "America/Montreal");
            user.put("createdAt", "2016-01-04T14:00:00Z");
            user.put("updatedAt", "2025-11-03T15:30:00Z");
            technicians.add((String) records.add(RecordCollection.USERS, user).get("id"));
        }
    }

    private void addCatalogue() {
        var groups = List.of(
                Map.of("fr_CA", "Accord", "en_US", "Tuning"), Map.of("fr_CA", "Réparation"), Map.of("en_US", "Travel"));
        var names = List.of(
                "Accord standard",
                "Accord de concert",
                "Changement de corde",
                "Réglage mécanique",
                "Déplacement",
                "Entretien d’humidificateur",
                "Harmonisation",
                "Évaluation");
        var groupIds = groups.stream().map(this::addGroup).toList();
        for (int i = 0; i < names.size(); i++) {
            var service = withDates(Map.of(
                    "masterServiceGroupId", groupIds.get(i % groupIds.size()), "duration", 60 + 15 * i, "order", i));
            service.put(
                    "name",
                    i == 7 ? Map.of("en_US", "Appraisal") : Map.of("fr_CA", names.get(i), "en_US", "Service " + i));
            service.put(
                    "description", i % 2 == 0 ? Map.of("fr_CA", "Description de « " + names.get(i) + " »") : Map.of());
            service.put("educationDescription", Map.of());
            service.put("amount", i == 5 ? null : 19_500 + 1_250 * i + 1);
            service.put("type", "LABOR_FIXED_RATE");
            service.put("isTuning", i < 2);
            service.put("isTaxable", true);
            service.put("isArchived", i == 6);
            service.put("isAnyUser", true);
            service.put("isDefault", i == 0);
            service.put("isSelfSchedulable", i < 2);
            records.add(RecordCollection.SERVICES, service);
        }
    }

    private Object addGroup(Map<String, String> name) {
        var group = Map.of(
                "name", name, "isArchived", false, "isMultiChoice", false, "order", 1, "estimateChecklistCount", 0);
        return records.add(RecordCollection.GROUPS, withDates(group)).get("id");
    }

    private void addClient(int i) {
        boolean institution = i < SampleVocabulary.INSTITUTIONS.size();
        var client = withDates(Map.of());
        client.put(
                "companyName",
                institution
                        ? SampleVocabulary.INSTITUTIONS.get(i)
                        : i % 3 == 0
                                ? ""
                                : i % 3 == 1 ? null : "Studio " + pick(SampleVocabulary.LAST_NAMES) + " " + i);
        client.put("status", i % 11 == 0 ? "INACTIVE" : i % 17 == 0 ? "PROSPECT" : "ACTIVE");
        client.put("clientType", institution ? "Institution" : null);
        client.put(
                "tags",
                institution
                        ? List.of("institution", "salle d’enseignement")
                        : i % 5 == 0 ? List.of("fidèle") : List.of());
        client.put("personalNotes", i % 4 == 0 ? "Sonner deux fois; chien gentil" : i % 4 == 1 ? "   " : null);
        client.put("preferenceNotes", i % 6 == 0 ? "Préfère l’après-midi\nStationnement à l’arrière" : null);
        client.put("preferredTechnicianId", i % 2 == 0 ? technicians.get(i % 4) : null);
        client.put("lifecycleState", i % 3 == 0 ? "no-lifecycle" : null);
        client.put("locale", i % 10 == 0 ? "en_US" : "fr_CA");
        var id = (String) records.add(RecordCollection.CLIENTS, client).get("id");
        clients.add(id);
        if (i % 29 != 7) {
            addContact(id, true, false);
        }
    }

    private void addContact(String clientId, boolean isDefault, boolean archived) {
        var contact = withDates(Map.of(
                "clientId", clientId, "isDefault", isDefault, "isBillingDefault", isDefault, "archived", archived));
        contact.put("firstName", oneIn(25) ? "" : pick(SampleVocabulary.FIRST_NAMES));
        contact.put("lastName", oneIn(25) ? null : pick(SampleVocabulary.LAST_NAMES));
        contact.put("role", oneIn(4) ? "Responsable des salles" : null);
        contact.put(
                "defaultEmail",
                oneIn(4)
                        ? null
                        : Map.of(
                                "id",
                                "eml_" + random.nextInt(1_000_000),
                                "email",
                                "client" + random.nextInt(100_000) + "@example.com"));
        contact.put(
                "defaultPhone",
                oneIn(5)
                        ? null
                        : Map.of(
                                "id",
                                "phn_" + random.nextInt(1_000_000),
                                "phoneNumber",
                                "(000) 555-%04d".formatted(random.nextInt(10_000))));
        contact.put("defaultLocation", oneIn(8) ? null : location());
        records.add(RecordCollection.CONTACTS, contact);
    }

    private Map<String, Object> location() {
        var location = new LinkedHashMap<String, Object>();
        location.put("id", "loc_" + random.nextInt(1_000_000));
        location.put("street1", (1 + random.nextInt(9_000)) + ", " + pick(SampleVocabulary.STREETS));
        location.put("street2", oneIn(6) ? "app. " + random.nextInt(40) : null);
        location.put("municipality", pick(SampleVocabulary.CITIES));
        location.put("region", "QC");
        location.put("postalCode", "H0H 0H0");
        location.put("countryCode", "CA");
        location.put("usageType", "STREET");
        return location;
    }

    private void addPiano(int i) {
        // As in the real data, the first institutions own many pianos, half of them inactive.
        var owner = i % 4 == 0 ? clients.get(i / 4 % Math.min(6, clients.size())) : pick(clients);
        var piano = withDates(Map.of("clientId", owner, "make", pick(SampleVocabulary.MAKES)));
        piano.put("model", oneIn(3) ? null : pick(SampleVocabulary.MODELS));
        piano.put("serialNumber", oneIn(8) ? null : Integer.toString(100_000 + random.nextInt(900_000)));
        piano.put("type", i % 2 == 0 ? "GRAND" : "UPRIGHT");
        piano.put("year", oneIn(5) ? null : 1900 + random.nextInt(125));
        piano.put("location", i % 4 == 0 ? pick(SampleVocabulary.ROOMS) : oneIn(2) ? "" : null);
        piano.put("notes", oneIn(4) ? "Table d’harmonie fendue — à surveiller" : null);
        piano.put("status", i % 8 == 0 ? "INACTIVE" : "ACTIVE");
        piano.put("damppChaserInstalled", oneIn(3) ? Boolean.TRUE : oneIn(2) ? null : Boolean.FALSE);
        piano.put("damppChaserHumidistatModel", oneIn(5) ? "H-3" : null);
        piano.put("damppChaserMfgDate", oneIn(6) ? dayAt(-1_500 - random.nextInt(2_000)) : null);
        piano.put("serviceIntervalMonths", oneIn(3) ? null : 6);
        piano.put("manualLastService", oneIn(3) ? dayAt(-random.nextInt(700)) : null);
        piano.put("eventLastService", oneIn(2) ? dayAt(-random.nextInt(400)) : null);
        piano.put("calculatedLastService", piano.get("eventLastService"));
        piano.put("calculatedNextService", oneIn(2) ? dayAt(random.nextInt(200)) : null);
        piano.put("tags", List.of());
        pianos.add(records.add(RecordCollection.PIANOS, piano));
    }

    private void addEvent(int i, SampleVolumes volumes) {
        var piano = pick(pianos);
        int offset = random.nextInt(volumes.pastDays() + volumes.futureDays()) - volumes.pastDays();
        var type = i % 19 == 0 ? "PERSONAL" : i % 23 == 0 ? "MEMO" : "APPOINTMENT";
        boolean past = offset < 0;
        var event = withDates(Map.of("type", type));
        event.put("title", "APPOINTMENT".equals(type) ? "Accord — " + pick(SampleVocabulary.LAST_NAMES) : "Congé");
        event.put("start", instantAt(offset, LocalTime.of(8 + random.nextInt(10), 15 * random.nextInt(4))));
        event.put("duration", oneIn(9) ? null : 60 + 30 * random.nextInt(3));
        event.put("isAllDay", "PERSONAL".equals(type));
        event.put("status", past ? (oneIn(12) ? "NO_SHOW" : "COMPLETE") : oneIn(10) ? "CANCELED" : "ACTIVE");
        event.put("notes", oneIn(3) ? pick(SampleVocabulary.NOTES) : null);
        event.put("source", oneIn(3) ? "client_schedule" : "manual_schedule");
        event.put("travelMode", oneIn(4) ? null : "DRIVING");
        event.put("addressLine", oneIn(3) ? "1, rue Fictive, Montréal" : null);
        event.put("confirmedByClient", oneIn(5) ? null : oneIn(2));
        event.put("confirmedAt", oneIn(2) ? instantAt(offset - 3, LocalTime.of(10, 5)) : null);
        event.put("userId", oneIn(30) ? null : technicians.get(random.nextInt(4)));
        event.put("createdById", technicians.get(4));
        event.put("clientId", "APPOINTMENT".equals(type) ? piano.get("clientId") : null);
        event.put("pianos", "APPOINTMENT".equals(type) ? eventPianos(piano) : List.of());
        records.add(RecordCollection.EVENTS, event);
    }

    private List<Map<String, Object>> eventPianos(Map<String, Object> piano) {
        var siblings = pianos.stream()
                .filter(other -> piano.get("clientId").equals(other.get("clientId")))
                .limit(1 + random.nextInt(3))
                .toList();
        return siblings.stream()
                .map(other -> Map.of("pianoId", other.get("id"), "isTuning", (Object) oneIn(2)))
                .toList();
    }

    private void addTimelineEntry(SampleVolumes volumes) {
        var mix = volumes.mix();
        boolean note = oneIn(mix.note());
        boolean measure = !note && oneIn(mix.measure());
        var piano = pick(pianos);
        var entry = new LinkedHashMap<String, Object>();
        entry.put(
                "occurredAt",
                instantAt(
                        -random.nextInt(oneIn(mix.recent()) ? 29 : volumes.pastDays()),
                        LocalTime.of(random.nextInt(24), random.nextInt(60), random.nextInt(60))));
        entry.put(
                "type",
                note
                        ? "SERVICE_ENTRY_MANUAL"
                        : measure ? "PIANO_MEASUREMENT" : oneIn(3) ? "CONTACT_EMAIL_AUTOMATED" : "SYSTEM_MESSAGE");
        entry.put(
                "summary",
                note
                        ? pick(SampleVocabulary.SUMMARIES)
                        : measure ? "Température 22°, humidité 34%" : pick(SampleVocabulary.OTHER_SUMMARIES));
        entry.put("comment", note ? pick(SampleVocabulary.NOTES) : null);
        entry.put("clientId", piano.get("clientId"));
        entry.put("pianoId", note || measure || oneIn(mix.piano()) ? piano.get("id") : null);
        entry.put("userId", note || oneIn(mix.user()) ? technicians.get(random.nextInt(4)) : null);
        entry.put("invoiceId", oneIn(15) ? "inv_" + random.nextInt(10_000_000) : null);
        entry.put("estimateId", oneIn(40) ? "est_" + random.nextInt(10_000_000) : null);
        records.add(RecordCollection.TIMELINE, entry);
    }

    private Map<String, Object> withDates(Map<String, Object> fields) {
        var dated = new LinkedHashMap<String, Object>(fields);
        int age = 30 + random.nextInt(3_000);
        dated.put("createdAt", instantAt(-age, LocalTime.of(11, random.nextInt(60), random.nextInt(60))));
        dated.put("updatedAt", instantAt(-random.nextInt(age), LocalTime.of(16, random.nextInt(60))));
        return dated;
    }

    private String instantAt(int daysFromAnchor, LocalTime localTime) {
        return anchor.plusDays(daysFromAnchor)
                .atTime(localTime)
                .atZone(ZONE)
                .toInstant()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private String dayAt(int daysFromAnchor) {
        return anchor.plusDays(daysFromAnchor).toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
