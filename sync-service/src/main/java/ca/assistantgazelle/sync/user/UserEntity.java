package ca.assistantgazelle.sync.user;

import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.scan.UnpagedEntity;

/** The users of Gazelle: technicians and office staff. */
public final class UserEntity {
    public static final String NAME = "users";

    private UserEntity() {}

    public static UnpagedEntity<?> entity() {
        return new UnpagedEntity<>(
                NAME,
                GraphQlQuery.USERS,
                UserRow::of,
                MirrorTable.withoutHash(UserRow.class, UserRow::id, UserRow.UPSERT));
    }
}
