package ca.assistantgazelle.sync.mirror;

import ca.assistantgazelle.runtime.sql.SqlQueries;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A table that mirrors a Gazelle entity.
 *
 * @param changed SQL: the ids of {@code $1} whose row is absent, marked as deleted or has a hash other than in
 *     {@code $2}. Must use one index lookup per id: a join or array comparison may compare every row of a newly filled
 *     table with every id
 * @param upsert SQL: one array per component of the row, then the hashes; returns {@code inserted} per written row
 * @param storedIds SQL: the ids of all rows that Gazelle is expected to return; null for a table without deletion marks
 * @param markDeleted SQL: marks the rows with the ids {@code $1}; null likewise
 */
public record MirrorTable<R extends Record>(
        Class<R> type, Function<R, String> id, String changed, String upsert, String storedIds, String markDeleted) {
    /**
     * A row and the hash of its content.
     *
     * @param id of the record in Gazelle
     */
    record HashedRow<R extends Record>(String id, R row, Buffer hash) {}

    /** A table whose rows have a hash, with statements generated from the record. */
    public static <R extends Record> MirrorTableBuilder<R> of(String table, Class<R> type) {
        return new MirrorTableBuilder<>(table, type);
    }

    /** A table without hashes: the statement compares the columns and writes what differs. */
    public static <R extends Record> MirrorTable<R> withoutHash(Class<R> type, Function<R, String> id, String upsert) {
        return new MirrorTable<>(
                type,
                id,
                "select wanted.id from unnest($1::text[], $2::bytea[]) as wanted (id, hash)",
                upsert,
                null,
                null);
    }

    /** Marks rows as deleted; they keep their content. */
    public void markDeleted(SqlQueries transaction, List<String> ids) {
        transaction.update(markDeleted, (Object) ids.toArray(String[]::new));
    }

    HashedRow<R> hashed(R row) {
        return new HashedRow<>(id.apply(row), row, Buffer.buffer(RowContentHash.of(row)));
    }

    /** The rows that are new or differ from the stored ones. */
    List<HashedRow<R>> changed(SqlQueries transaction, Map<String, HashedRow<R>> rows) {
        return transaction
                .list(
                        changed,
                        row -> row.getString(0),
                        rows.keySet().toArray(String[]::new),
                        rows.values().stream().map(HashedRow::hash).toArray(Buffer[]::new))
                .stream()
                .map(rows::get)
                .toList();
    }

    /** Writes the rows; true for each that was inserted, false for each that was updated. */
    List<Boolean> write(SqlQueries transaction, List<HashedRow<R>> rows) {
        var parameters = new ArrayList<>(
                ColumnArrays.of(type, rows.stream().map(HashedRow::row).toList()));
        parameters.add(rows.stream().map(HashedRow::hash).toArray(Buffer[]::new));
        return transaction.list(upsert, row -> row.getBoolean("inserted"), parameters.toArray());
    }
}
