package ca.assistantgazelle.bench.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The second baseline: hashes the records and upserts id, hash and the whole record as text with UNNEST, a thousand at
 * a time.
 */
final class BareUpsertLoop implements AutoCloseable {
    private static final int CHUNK = 1_000;

    private final Connection connection;
    private final Map<String, List<JsonNode>> waiting = new HashMap<>();

    BareUpsertLoop(Connection connection) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "create table if not exists bench_loop (kind text, id text, hash bytea, record text, primary key (kind, id))");
            statement.execute("truncate bench_loop");
        }
        connection.setAutoCommit(false);
    }

    synchronized void accept(String kind, List<JsonNode> records) throws Exception {
        var chunk = waiting.computeIfAbsent(kind, name -> new ArrayList<>());
        chunk.addAll(records);
        if (chunk.size() >= CHUNK) {
            write(kind, chunk);
        }
    }

    synchronized void finish() throws Exception {
        for (var rest : waiting.entrySet()) {
            write(rest.getKey(), rest.getValue());
        }
    }

    private void write(String kind, List<JsonNode> records) throws Exception {
        var ids = new ArrayList<String>();
        var hashes = new ArrayList<byte[]>();
        var texts = new ArrayList<String>();
        for (var one : records) {
            var text = one.toString();
            ids.add(one.path("id").asText());
            hashes.add(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            texts.add(text);
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into bench_loop (kind, id, hash, record)
                select ?, * from unnest(?::text[], ?::bytea[], ?::text[])
                on conflict (kind, id) do update set hash = excluded.hash, record = excluded.record
                where bench_loop.hash is distinct from excluded.hash
                """)) {
            insert.setString(1, kind);
            insert.setArray(2, connection.createArrayOf("text", ids.toArray()));
            insert.setArray(3, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
            insert.setArray(4, connection.createArrayOf("text", texts.toArray()));
            insert.executeUpdate();
        }
        connection.commit();
        records.clear();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
