package ca.assistantgazelle.staff;

import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.mirror.MirrorTable;
import ca.assistantgazelle.scan.ListedEntity;

/** Technicians and office. */
public final class Staff {
  public static final String NAME = "users";

  private Staff() {}

  public static ListedEntity<?> entity() {
    return new ListedEntity<>(
        NAME,
        Query.USERS,
        UserRow::of,
        new MirrorTable<>(UserRow.class, UserRow::id, UserRow.CHANGED, UserRow.UPSERT));
  }
}
