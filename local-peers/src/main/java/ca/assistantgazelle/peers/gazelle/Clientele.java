package ca.assistantgazelle.peers.gazelle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Clients with their contacts, and what is noted about them. Source: reference/gazelle.md §4. */
final class Clientele {
  private static final List<String> NOT_FIELDS =
      List.of(
          "errorReferenceId",
          "contacts",
          "ignoreSafetyChecks",
          "removeFutureAppointments",
          "lifecycleId",
          "referralClientId",
          "localizationId");

  private final Records records;
  private final Instruments instruments;

  Clientele(Records records, Instruments instruments) {
    this.records = records;
    this.instruments = instruments;
  }

  /**
   * @param id chosen by the caller; null = the server's choice
   */
  Map<String, Object> create(Map<String, Object> input, String id) {
    for (var contact : list(input.get("contacts"))) {
      for (var location : list(contact.get("locations"))) {
        if (location.get("locationType") == null) {
          return Payload.blank("client", "locationType", location.get("errorReferenceId"));
        }
      }
    }
    var fields = fields(input);
    if (id != null) {
      fields.put("id", id);
    }
    var client = records.create(Collection.CLIENTS, fields);
    boolean first = true;
    for (var contact : list(input.get("contacts"))) {
      contact((String) client.get("id"), contact, first);
      first = false;
    }
    return Payload.of("client", client);
  }

  Map<String, Object> update(String id, Map<String, Object> input) {
    var changed = records.edit(Collection.CLIENTS, id, fields(input));
    return changed == null ? Payload.notFound("client", "id") : Payload.of("client", changed);
  }

  Map<String, Object> delete(String id) {
    return records.delete(Collection.CLIENTS, id)
        ? Payload.of("isDeleted", true)
        : Payload.notFound("isDeleted", "id");
  }

  /** The source disappears; all that was its becomes the target's. */
  Map<String, Object> merge(Map<String, Object> input) {
    var source = (String) input.get("sourceClientId");
    var target = (String) input.get("targetClientId");
    if (records.find(Collection.CLIENTS, source) == null
        || records.find(Collection.CLIENTS, target) == null) {
      return Payload.notFound("client", "sourceClientId");
    }
    list(input.get("pianoIdMapping")).forEach(instruments::merge);
    for (var owned :
        List.of(Collection.CONTACTS, Collection.PIANOS, Collection.EVENTS, Collection.TIMELINE)) {
      for (var entry : records.where(owned, "clientId", source)) {
        var changes = new LinkedHashMap<String, Object>(Map.of("clientId", target));
        if (owned == Collection.CONTACTS) {
          changes.put("isDefault", false);
          changes.put("isBillingDefault", false);
        }
        records.edit(owned, (String) entry.get("id"), changes);
      }
    }
    records.delete(Collection.CLIENTS, source);
    return Payload.of("client", records.find(Collection.CLIENTS, target));
  }

  /** A free note; back-dating is possible. */
  Map<String, Object> log(String clientId, String pianoId, Map<String, Object> input) {
    if (records.find(Collection.CLIENTS, clientId) == null) {
      return Payload.notFound("clientLog", "clientId");
    }
    var entry = new LinkedHashMap<String, Object>();
    entry.put("type", "USER_COMMENT");
    entry.put("clientId", clientId);
    entry.put("pianoId", pianoId);
    entry.put("comment", input.get("comment"));
    if (input.get("createdAt") != null) {
      entry.put("occurredAt", input.get("createdAt"));
    }
    var stored = records.create(Collection.TIMELINE, entry);
    var log = new LinkedHashMap<String, Object>();
    log.put("id", stored.get("id"));
    log.put("comment", input.get("comment"));
    log.put("createdAt", stored.get("occurredAt"));
    log.put("automated", false);
    return Payload.of("clientLog", log);
  }

  private void contact(String clientId, Map<String, Object> input, boolean isFirst) {
    var contact = new LinkedHashMap<>(input);
    List.of("errorReferenceId", "emails", "phones", "locations").forEach(contact::remove);
    contact.put("clientId", clientId);
    contact.putIfAbsent("isDefault", isFirst);
    contact.putIfAbsent("isBillingDefault", isFirst);
    contact.put("defaultEmail", first(input.get("emails"), "eml_"));
    contact.put("defaultPhone", first(input.get("phones"), "phn_"));
    contact.put("defaultLocation", first(input.get("locations"), "loc_"));
    records.create(Collection.CONTACTS, contact);
  }

  private Map<String, Object> first(Object inputs, String prefix) {
    var list = list(inputs);
    if (list.isEmpty()) {
      return null;
    }
    var first = new LinkedHashMap<>(list.getFirst());
    first.remove("errorReferenceId");
    first.put("id", prefix + Long.toHexString(records.version(Collection.CONTACTS)));
    return first;
  }

  private static Map<String, Object> fields(Map<String, Object> input) {
    var fields = new LinkedHashMap<>(input);
    NOT_FIELDS.forEach(fields::remove);
    return fields;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Object value) {
    return value == null ? List.of() : (List<Map<String, Object>>) value;
  }
}
