package ca.assistantgazelle.sync.user;

import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.scan.UnpagedSyncSource;

/** The users of Gazelle: technicians and office staff. */
public final class UserSyncSource {
    public static final String NAME = "users";

    private UserSyncSource() {}

    public static UnpagedSyncSource<?> entity() {
        return UnpagedSyncSource.of(
                NAME,
                GraphQlQuery.USERS,
                UserRow::of,
                MirrorTable.withoutHash(UserRow.class, UserRow::id, UserRow.UPSERT),
                "public.users",
                "id",
                "external_id is not null");
    }
}
