package ca.assistantgazelle.emulators.gazelle;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A page of a list, as a Relay connection. As in graphql-ruby, cursors are encoded offsets: they shift when rows are
 * inserted or deleted.
 */
final class EmulatedPage {
    private EmulatedPage() {}

    /**
     * @param first null = all following rows
     * @param after cursor; null = from the start
     * @param cap maximum page size regardless of {@code first}; 0 = no limit
     */
    static Map<String, Object> of(List<Map<String, Object>> rows, Integer first, String after, int cap) {
        int from = after == null ? 0 : Math.min(offset(after), rows.size());
        int asked = first == null ? rows.size() - from : first;
        int size = Math.min(rows.size() - from, cap > 0 ? Math.min(asked, cap) : asked);
        int to = from + Math.max(size, 0);
        var nodes = rows.subList(from, to);
        var connection = new LinkedHashMap<String, Object>();
        connection.put("nodes", nodes);
        connection.put(
                "edges",
                IntStream.range(from, to)
                        .mapToObj(i -> Map.of("cursor", cursor(i + 1), "node", rows.get(i)))
                        .toList());
        connection.put("totalCount", rows.size());
        var info = new LinkedHashMap<String, Object>();
        info.put("hasNextPage", to < rows.size());
        info.put("hasPreviousPage", from > 0);
        info.put("startCursor", from < to ? cursor(from + 1) : null);
        info.put("endCursor", from < to ? cursor(to) : null);
        connection.put("pageInfo", info);
        return connection;
    }

    static String cursor(int offset) {
        return Base64.getEncoder()
                .withoutPadding()
                .encodeToString(Integer.toString(offset).getBytes(StandardCharsets.UTF_8));
    }

    private static int offset(String cursor) {
        return Integer.parseInt(new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8));
    }
}
