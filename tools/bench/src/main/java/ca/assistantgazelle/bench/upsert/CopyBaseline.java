package ca.assistantgazelle.bench.upsert;

import ca.assistantgazelle.emulators.postgres.PostgresServer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * The upper bound: maps the same records to the same rows and streams them with COPY in text format into the same
 * tables, with their keys, foreign keys and indexes. It does not compare or hash.
 */
final class CopyBaseline implements AutoCloseable {
    private static final List<String> TABLES = List.of("clients", "contacts", "pianos", "appointments");

    private final Connection connection;

    CopyBaseline(PostgresServer postgres) throws SQLException {
        this.connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + PostgresServer.DATABASE + "?sslmode=disable",
                PostgresServer.USER,
                postgres.password());
    }

    void truncate() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("truncate "
                    + TABLES.stream().map(CopyBaseline::table).collect(Collectors.joining(", "))
                    + " cascade");
        }
    }

    void copy(UpsertWriters writers, Map<String, List<JsonNode>> records) throws SQLException, IOException {
        Map<String, CopyTextFormat> texts = new LinkedHashMap<>();
        writers.eachRow(
                records,
                (table, row) -> texts.computeIfAbsent(table, name -> new CopyTextFormat(row.getClass()))
                        .add(row));
        for (var text : texts.entrySet()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy " + table(text.getKey()) + " ("
                                    + text.getValue().columns() + ") from stdin",
                            text.getValue().stream());
        }
    }

    long rows() throws SQLException {
        long sum = 0;
        try (var statement = connection.createStatement()) {
            for (var table : TABLES) {
                try (var rows = statement.executeQuery("select count(*) from " + table(table))) {
                    rows.next();
                    sum += rows.getLong(1);
                }
            }
        }
        return sum;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static String table(String name) {
        return "gazelle_" + name;
    }
}
