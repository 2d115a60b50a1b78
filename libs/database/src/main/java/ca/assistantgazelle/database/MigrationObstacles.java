package ca.assistantgazelle.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks, before anything is changed, that existing tables have the unique keys the services need. */
final class MigrationObstacles {
    private record RequiredKey(String table, String column) {}

    private static final List<RequiredKey> REQUIRED_KEYS = List.of(
            new RequiredKey("gazelle_clients", "external_id"),
            new RequiredKey("gazelle_contacts", "external_id"),
            new RequiredKey("gazelle_pianos", "external_id"),
            new RequiredKey("gazelle_appointments", "external_id"),
            new RequiredKey("gazelle_timeline_entries", "external_id"),
            new RequiredKey("users", "id"),
            new RequiredKey("produits_catalogue", "code_produit"),
            new RequiredKey("scheduler_logs", "id"));

    private MigrationObstacles() {}

    static void check(Connection connection) throws SQLException {
        requireNoDevelopmentSchema(connection);
        var found = new ArrayList<String>();
        for (var key : REQUIRED_KEYS) {
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

    // Migrations were rewritten before the first release: what an earlier version created cannot be
    // migrated, and must not be migrated in part.
    private static void requireNoDevelopmentSchema(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("""
                select current_database(), to_regclass('automation.bell') is not null or exists (
                  select from information_schema.columns
                  where table_schema = 'automation' and table_name = 'run' and column_name = 'held')
                """);
                var rows = query.executeQuery()) {
            if (rows.next() && rows.getBoolean(2)) {
                throw new UnusableDatabaseException(
                        "database "
                                + rows.getString(1)
                                + " was created by an unreleased development version and cannot be migrated. Start with an empty database, restore a backup made by this version, or drop what that version created: drop schema automation cascade. That forgets which mails were sent; the tables in schema public keep their rows. Local system: ./gazelle down, remove the folder .gazelle, ./gazelle up",
                        null);
            }
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (var query = connection.prepareStatement("select to_regclass('public.' || ?) is not null")) {
            query.setString(1, table);
            try (var rows = query.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static boolean isUnique(Connection connection, RequiredKey key) throws SQLException {
        try (var query = connection.prepareStatement("""
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
