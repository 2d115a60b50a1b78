package ca.assistantgazelle.peers.gazelle;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Filtered and sorted lists, kept as long as their collection does not change: a walk over 154,000
 * entries asks for the same list 1,540 times.
 */
final class Listings {
  private static final int KEPT = 32;

  private record Key(Collection collection, String arguments) {}

  private record Listing(long version, List<Map<String, Object>> rows) {}

  private final Records records;
  private final Map<Key, Listing> listings =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Listing> eldest) {
          return size() > KEPT;
        }
      };

  Listings(Records records) {
    this.records = records;
  }

  /**
   * @param arguments tells this list from others of the collection
   * @param order null keeps the order of insertion
   */
  synchronized List<Map<String, Object>> of(
      Collection collection,
      String arguments,
      Predicate<Map<String, Object>> filter,
      Comparator<Map<String, Object>> order) {
    var key = new Key(collection, arguments);
    long version = records.version(collection);
    var known = listings.get(key);
    if (known != null && known.version() == version) {
      return known.rows();
    }
    var filtered = records.all(collection).stream().filter(filter);
    var rows = order == null ? filtered.toList() : filtered.sorted(order).toList();
    listings.put(key, new Listing(version, rows));
    return rows;
  }
}
