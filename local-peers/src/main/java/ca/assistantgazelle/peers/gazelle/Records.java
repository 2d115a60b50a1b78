package ca.assistantgazelle.peers.gazelle;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the company has in its CRM. A record is a map of the API's own field names; a reference to
 * another record is its id under {@code <field>Id}.
 */
public final class Records {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final Map<Collection, Shelf> shelves = new EnumMap<>(Collection.class);
  private final ReentrantLock lock = new ReentrantLock();
  private final SplittableRandom random;
  private volatile Clock clock;

  public Records(Clock clock, long seed) {
    this.clock = clock;
    this.random = new SplittableRandom(seed);
    for (var collection : Collection.values()) {
      shelves.put(collection, new Shelf());
    }
  }

  /** What is created or edited from now on is dated by this clock. */
  void follow(Clock other) {
    clock = other;
  }

  Clock clock() {
    return clock;
  }

  /** Adds a record, giving it an id when it has none. */
  public Map<String, Object> add(Collection collection, Map<String, Object> fields) {
    lock.lock();
    try {
      var stored = new LinkedHashMap<String, Object>(fields);
      var id = (String) stored.computeIfAbsent("id", missing -> newId(collection));
      shelves.get(collection).put(id, Collections.unmodifiableMap(stored));
      return stored;
    } finally {
      lock.unlock();
    }
  }

  /** Creates a record as a person at Gazelle would: dated now. */
  public Map<String, Object> create(Collection collection, Map<String, Object> fields) {
    var dated = new LinkedHashMap<String, Object>(fields);
    if (collection == Collection.TIMELINE) {
      dated.putIfAbsent("occurredAt", now());
    } else {
      dated.putIfAbsent("createdAt", now());
      dated.putIfAbsent("updatedAt", now());
    }
    return add(collection, Defaults.complete(collection, dated));
  }

  /** Changes some fields of a record. Returns null when there is no such record. */
  public Map<String, Object> edit(Collection collection, String id, Map<String, Object> changes) {
    lock.lock();
    try {
      var before = shelves.get(collection).get(id);
      if (before == null) {
        return null;
      }
      var after = new LinkedHashMap<String, Object>(before);
      if (collection != Collection.TIMELINE) {
        after.put("updatedAt", now());
      }
      after.putAll(changes);
      after.put("id", id);
      shelves.get(collection).put(id, Collections.unmodifiableMap(after));
      return after;
    } finally {
      lock.unlock();
    }
  }

  /** Removes a record and, as Gazelle does, what cannot be without it. */
  public boolean delete(Collection collection, String id) {
    lock.lock();
    try {
      boolean removed = shelves.get(collection).remove(id);
      switch (collection) {
        case CLIENTS -> {
          for (var dependent :
              List.of(
                  Collection.CONTACTS, Collection.PIANOS, Collection.EVENTS, Collection.TIMELINE)) {
            where(dependent, "clientId", id)
                .forEach(entry -> delete(dependent, (String) entry.get("id")));
          }
        }
        case PIANOS -> {
          where(Collection.TIMELINE, "pianoId", id)
              .forEach(entry -> delete(Collection.TIMELINE, (String) entry.get("id")));
          all(Collection.EVENTS).forEach(event -> unlink(event, id));
        }
        default -> {}
      }
      return removed;
    } finally {
      lock.unlock();
    }
  }

  private void unlink(Map<String, Object> event, String pianoId) {
    if (event.get("pianos") instanceof List<?> pianos) {
      var others =
          pianos.stream()
              .filter(piano -> !pianoId.equals(((Map<?, ?>) piano).get("pianoId")))
              .toList();
      if (others.size() < pianos.size()) {
        edit(Collection.EVENTS, (String) event.get("id"), Map.of("pianos", others));
      }
    }
  }

  /** One record, or null. */
  public Map<String, Object> find(Collection collection, String id) {
    lock.lock();
    try {
      return id == null ? null : shelves.get(collection).get(id);
    } finally {
      lock.unlock();
    }
  }

  /** A snapshot in order of insertion; not to be changed. */
  public List<Map<String, Object>> all(Collection collection) {
    lock.lock();
    try {
      return shelves.get(collection).all();
    } finally {
      lock.unlock();
    }
  }

  /** Those whose {@code field} equals {@code value}. */
  public List<Map<String, Object>> where(Collection collection, String field, Object value) {
    lock.lock();
    try {
      return shelves.get(collection).where(field, value);
    } finally {
      lock.unlock();
    }
  }

  /** Grows with every change of the collection. */
  long version(Collection collection) {
    lock.lock();
    try {
      return shelves.get(collection).version();
    } finally {
      lock.unlock();
    }
  }

  /** Today in Montréal. */
  LocalDate today() {
    return LocalDate.now(clock.withZone(ZoneId.of("America/Toronto")));
  }

  String newId(Collection collection) {
    var id = new StringBuilder(collection.prefix());
    if (collection == Collection.TIMELINE) {
      for (int i = 0; i < 20; i++) {
        id.append(Character.forDigit(random.nextInt(16), 16));
      }
    } else {
      for (int i = 0; i < 16; i++) {
        id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
    }
    return id.toString();
  }

  /** Whole seconds, UTC, as Gazelle writes instants. */
  String now() {
    return Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
