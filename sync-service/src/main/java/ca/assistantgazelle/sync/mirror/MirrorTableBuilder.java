package ca.assistantgazelle.sync.mirror;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Builds the statements of a table with the columns {@code external_id}, {@code content_hash} and {@code deleted_at}
 * from the components of its row record: the component {@code companyName} is the column {@code company_name}, and the
 * first one is {@code external_id}.
 */
public final class MirrorTableBuilder<R extends Record> {
    private static final Pattern WORD = Pattern.compile("([A-Z])");

    private final String table;
    private final Class<R> type;
    private final Map<String, String> insertOnly = new LinkedHashMap<>();
    private final Set<String> hashOnly = new HashSet<>();
    private String writeTime;

    MirrorTableBuilder(String table, Class<R> type) {
        this.table = table;
        this.type = type;
    }

    /** A column that is maintained manually: filled only when the row is inserted. */
    public MirrorTableBuilder<R> insertOnly(String column, String expression) {
        insertOnly.put(column, expression);
        return this;
    }

    /** A component that is not stored; it is there so that the hash changes with it. */
    public MirrorTableBuilder<R> hashOnly(String column) {
        hashOnly.add(column);
        return this;
    }

    /** A column that holds when the row was last written. */
    public MirrorTableBuilder<R> writeTime(String column) {
        writeTime = column;
        return this;
    }

    public MirrorTable<R> build() {
        var columns = MirrorColumn.of(type);
        return new MirrorTable<>(
                type,
                row -> (String) columns.getFirst().value(row),
                changed(),
                upsert(columns),
                storedIds(),
                markDeleted());
    }

    private String changed() {
        return """
                select wanted.id
                from unnest($1::text[], $2::bytea[]) as wanted (id, hash) left join lateral (
                  select content_hash from public.%s where external_id = wanted.id and deleted_at is null limit 1) known on true
                where known.content_hash is distinct from wanted.hash
                """.formatted(table);
    }

    private String upsert(List<MirrorColumn> columns) {
        var all = columns.stream().map(column -> snakeCase(column.name())).toList();
        var stored = all.stream().filter(name -> !hashOnly.contains(name)).toList();
        var inserted = new ArrayList<>(stored);
        var selected = columns.stream()
                .filter(column -> stored.contains(snakeCase(column.name())))
                .map(column -> snakeCase(column.name()) + (column.type() == List.class ? "::text[]" : ""))
                .collect(Collectors.toCollection(ArrayList::new));
        inserted.addAll(insertOnly.keySet());
        selected.addAll(insertOnly.values());
        if (writeTime != null) {
            inserted.add(writeTime);
            selected.add("now()");
        }
        var arrays = IntStream.range(0, columns.size())
                .mapToObj(i -> "$%d::%s[]".formatted(i + 1, columns.get(i).sqlType()))
                .collect(Collectors.joining(", "));
        var updates = stored.stream()
                .skip(1)
                .map(name -> name + " = excluded." + name)
                .collect(Collectors.joining(", "));
        return """
                insert into public.%s (%s, content_hash)
                select %s, content_hash
                from unnest(%s, $%d::bytea[])
                  as t (%s, content_hash)
                on conflict (external_id) do update
                set %s, content_hash = excluded.content_hash, deleted_at = null, deleted_reason = null, %supdated_at = now()
                returning (xmax = 0) as inserted
                """.formatted(
                        table,
                        String.join(", ", inserted),
                        String.join(", ", selected),
                        arrays,
                        columns.size() + 1,
                        String.join(", ", all),
                        updates,
                        setWriteTime());
    }

    private String storedIds() {
        return "select external_id from public.%s where deleted_at is null and content_hash is not null"
                .formatted(table);
    }

    private String markDeleted() {
        return """
                update public.%s set deleted_at = now(), deleted_reason = 'absent de Gazelle', %supdated_at = now()
                where external_id = any ($1)
                """.formatted(table, setWriteTime());
    }

    private String setWriteTime() {
        return writeTime == null ? "" : writeTime + " = now(), ";
    }

    private static String snakeCase(String name) {
        return WORD.matcher(name).replaceAll("_$1").toLowerCase(Locale.ROOT);
    }
}
