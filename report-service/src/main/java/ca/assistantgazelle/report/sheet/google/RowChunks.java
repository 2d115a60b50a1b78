package ca.assistantgazelle.report.sheet.google;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits rows into chunks that fit into one request each. Google recommends at most 2 MB per request; 3 MB of JSON, as
 * estimated here, are compressed to a fraction of that.
 */
final class RowChunks {
    static final int MAX_CHUNK_BYTES = 3_000_000;

    /** JSON overhead per cell and per row. */
    private static final int CELL_OVERHEAD_BYTES = 45;

    private RowChunks() {}

    static List<List<List<String>>> split(List<List<String>> rows, int largest) {
        var chunks = new ArrayList<List<List<String>>>();
        var chunk = new ArrayList<List<String>>();
        int size = 0;
        for (var row : rows) {
            int more = estimatedBytes(row);
            if (!chunk.isEmpty() && size + more > largest) {
                chunks.add(List.copyOf(chunk));
                chunk.clear();
                size = 0;
            }
            chunk.add(row);
            size += more;
        }
        chunks.add(List.copyOf(chunk));
        return chunks;
    }

    private static int estimatedBytes(List<String> row) {
        int size = CELL_OVERHEAD_BYTES;
        for (var cell : row) {
            size += cell.isEmpty() ? 3 : CELL_OVERHEAD_BYTES + cell.getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }
}
