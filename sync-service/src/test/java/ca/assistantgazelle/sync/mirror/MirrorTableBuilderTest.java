package ca.assistantgazelle.sync.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirrorTableBuilderTest {
    private record SampleRow(
            String externalId, List<String> sampleTags, Integer year, Instant createdAt, String parts) {}

    private final MirrorTable<SampleRow> table = MirrorTable.of("sample", SampleRow.class)
            .insertOnly("tags", "sample_tags::text[]")
            .hashOnly("parts")
            .writeTime("synced_at")
            .build();

    @Test
    void theFirstComponentIsTheId() {
        assertThat(table.id().apply(new SampleRow("s_1", null, null, null, null)))
                .isEqualTo("s_1");
    }

    @Test
    void writesEveryStoredColumnAndKeepsThoseMaintainedManually() {
        assertThat(table.upsert()).isEqualTo("""
            insert into public.sample (external_id, sample_tags, year, created_at, tags, synced_at, content_hash)
            select external_id, sample_tags::text[], year, created_at, sample_tags::text[], now(), content_hash
            from unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::bytea[])
              as t (external_id, sample_tags, year, created_at, parts, content_hash)
            on conflict (external_id) do update
            set sample_tags = excluded.sample_tags, year = excluded.year, created_at = excluded.created_at, content_hash = excluded.content_hash, deleted_at = null, deleted_reason = null, synced_at = now(), updated_at = now()
            returning (xmax = 0) as inserted
            """);
    }

    @Test
    void marksRowsInsteadOfDeletingThem() {
        assertThat(table.markDeleted()).isEqualTo("""
            update public.sample set deleted_at = now(), deleted_reason = 'absent de Gazelle', synced_at = now(), updated_at = now()
            where external_id = any ($1)
            """);
        assertThat(table.storedIds())
                .isEqualTo(
                        "select external_id from public.sample where deleted_at is null and content_hash is not null");
    }
}
