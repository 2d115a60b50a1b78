package ca.assistantgazelle.emulators.gazelle;

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
 * All records of the emulated CRM, in memory. A record maps the API's field names to values; a reference to another
 * record is stored as its id in {@code <field>Id}.
 */
public final class EmulatedRecords {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final Map<RecordCollection, EmulatedRecordTable> tables = new EnumMap<>(RecordCollection.class);
    private final ReentrantLock lock = new ReentrantLock();
    private final SplittableRandom random;
    private volatile Clock clock;

    public EmulatedRecords(Clock clock, long seed) {
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        for (var collection : RecordCollection.values()) {
            tables.put(collection, new EmulatedRecordTable());
        }
    }

    /** Sets the clock that dates records created or edited from now on. */
    void useClock(Clock other) {
        clock = other;
    }

    Clock clock() {
        return clock;
    }

    /** Adds a record; generates an id if it has none. */
    public Map<String, Object> add(RecordCollection collection, Map<String, Object> fields) {
        lock.lock();
        try {
            var stored = new LinkedHashMap<String, Object>(fields);
            var id = (String) stored.computeIfAbsent("id", missing -> newId(collection));
            tables.get(collection).put(id, Collections.unmodifiableMap(stored));
            return stored;
        } finally {
            lock.unlock();
        }
    }

    /** Creates a record dated now, with default values, as Gazelle does. */
    public Map<String, Object> create(RecordCollection collection, Map<String, Object> fields) {
        var dated = new LinkedHashMap<String, Object>(fields);
        if (collection == RecordCollection.TIMELINE) {
            dated.putIfAbsent("occurredAt", now());
        } else {
            dated.putIfAbsent("createdAt", now());
            dated.putIfAbsent("updatedAt", now());
        }
        return add(collection, RecordDefaults.complete(collection, dated));
    }

    /** Changes some fields of a record; returns null if it does not exist. */
    public Map<String, Object> edit(RecordCollection collection, String id, Map<String, Object> changes) {
        lock.lock();
        try {
            var before = tables.get(collection).get(id);
            if (before == null) {
                return null;
            }
            var after = new LinkedHashMap<String, Object>(before);
            if (collection != RecordCollection.TIMELINE) {
                after.put("updatedAt", now());
            }
            after.putAll(changes);
            after.put("id", id);
            tables.get(collection).put(id, Collections.unmodifiableMap(after));
            return after;
        } finally {
            lock.unlock();
        }
    }

    /** Deletes a record and, as Gazelle does, its dependent records. */
    public boolean delete(RecordCollection collection, String id) {
        lock.lock();
        try {
            boolean removed = tables.get(collection).remove(id);
            switch (collection) {
                case CLIENTS -> {
                    for (var dependent : List.of(
                            RecordCollection.CONTACTS,
                            RecordCollection.PIANOS,
                            RecordCollection.EVENTS,
                            RecordCollection.TIMELINE)) {
                        where(dependent, "clientId", id).forEach(entry -> delete(dependent, (String) entry.get("id")));
                    }
                }
                case PIANOS -> {
                    where(RecordCollection.TIMELINE, "pianoId", id)
                            .forEach(entry -> delete(RecordCollection.TIMELINE, (String) entry.get("id")));
                    all(RecordCollection.EVENTS).forEach(event -> unlink(event, id));
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
            var others = pianos.stream()
                    .filter(piano -> !pianoId.equals(((Map<?, ?>) piano).get("pianoId")))
                    .toList();
            if (others.size() < pianos.size()) {
                edit(RecordCollection.EVENTS, (String) event.get("id"), Map.of("pianos", others));
            }
        }
    }

    /** One record, or null. */
    public Map<String, Object> find(RecordCollection collection, String id) {
        lock.lock();
        try {
            return id == null ? null : tables.get(collection).get(id);
        } finally {
            lock.unlock();
        }
    }

    /** An unmodifiable snapshot in insertion order. */
    public List<Map<String, Object>> all(RecordCollection collection) {
        lock.lock();
        try {
            return tables.get(collection).all();
        } finally {
            lock.unlock();
        }
    }

    /** The records whose {@code field} equals {@code value}. */
    public List<Map<String, Object>> where(RecordCollection collection, String field, Object value) {
        lock.lock();
        try {
            return tables.get(collection).where(field, value);
        } finally {
            lock.unlock();
        }
    }

    /** Increases with every change of the collection. */
    long version(RecordCollection collection) {
        lock.lock();
        try {
            return tables.get(collection).version();
        } finally {
            lock.unlock();
        }
    }

    /** Today in Montréal. */
    LocalDate today() {
        return LocalDate.now(clock.withZone(ZoneId.of("America/Toronto")));
    }

    String newId(RecordCollection collection) {
        var id = new StringBuilder(collection.prefix());
        if (collection == RecordCollection.TIMELINE) {
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
