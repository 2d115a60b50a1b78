package ca.assistantgazelle.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks, before anything is changed, for existing tables whose rows stand in the way of a key we
 * need.
 */
final class Obstacles {
  private record Key(String table, String column) {}

  private static final List<Key> KEYS =
      List.of(
          new Key("gazelle_clients", "external_id"),
          new Key("gazelle_contacts", "external_id"),
          new Key("gazelle_pianos", "external_id"),
          new Key("gazelle_appointments", "external_id"),
          new Key("gazelle_timeline_entries", "external_id"),
          new Key("users", "id"),
          new Key("produits_catalogue", "code_produit"),
          new Key("scheduler_logs", "id"));

  private Obstacles() {}

  static void refuse(Connection connection) throws SQLException {
    var found = new ArrayList<String>();
    for (var key : KEYS) {
      if (exists(connection, key.table) && !isUnique(connection, key)) {
        found.add(
            "table public.%1$s has no unique key on %2$s. Run: alter table public.%1$s add constraint %1$s_%2$s_key unique (%2$s); -- after removing what this shows: select %2$s, count(*) from public.%1$s group by %2$s having count(*) > 1 or %2$s is null"
                .formatted(key.table, key.column));
      }
    }
    if (!found.isEmpty()) {
      throw new UnusableDatabaseException(String.join("\n", found), null);
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (var query =
        connection.prepareStatement("select to_regclass('public.' || ?) is not null")) {
      query.setString(1, table);
      try (var rows = query.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  private static boolean isUnique(Connection connection, Key key) throws SQLException {
    try (var query =
        connection.prepareStatement(
            """
            select exists (
              select from pg_index i
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
              where i.indrelid = ('public.' || ?)::regclass and i.indisunique and i.indnkeyatts = 1
                and i.indpred is null and a.attname = ?)
            """)) {
      query.setString(1, key.table);
      query.setString(2, key.column);
      try (var rows = query.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }
}
