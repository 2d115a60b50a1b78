package ca.assistantgazelle.emulators.gazelle;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Caches filtered and sorted lists until their collection changes: paging through 154,000 entries requests the same
 * list 1,540 times.
 */
final class RecordListingCache {
    private static final int MAX_LISTINGS = 32;

    private record ListingKey(RecordCollection collection, String arguments) {}

    private record CachedListing(long version, List<Map<String, Object>> rows) {}

    private final EmulatedRecords records;
    private final Map<ListingKey, CachedListing> listings = new LinkedHashMap<>(MAX_LISTINGS, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ListingKey, CachedListing> eldest) {
            return size() > MAX_LISTINGS;
        }
    };

    RecordListingCache(EmulatedRecords records) {
        this.records = records;
    }

    /**
     * @param arguments identifies the list within the collection
     * @param order null = insertion order
     */
    synchronized List<Map<String, Object>> of(
            RecordCollection collection,
            String arguments,
            Predicate<Map<String, Object>> filter,
            Comparator<Map<String, Object>> order) {
        var key = new ListingKey(collection, arguments);
        long version = records.version(collection);
        var known = listings.get(key);
        if (known != null && known.version() == version) {
            return known.rows();
        }
        var filtered = records.all(collection).stream().filter(filter);
        var rows = order == null ? filtered.toList() : filtered.sorted(order).toList();
        listings.put(key, new CachedListing(version, rows));
        return rows;
    }
}
