package ca.assistantgazelle.restore;

import ca.assistantgazelle.postgresql.Source;
import java.util.List;

/**
 * What somebody wants back, and where.
 *
 * @param target the server, its login, and the database's name; an empty name = {@code
 *     restore_<id>}
 * @param tables only these, beside the living ones; empty = everything
 * @param intoSchema where those tables go; null = everything is restored
 * @param replaceSource the source itself is meant
 * @param confirm its name, typed by a person; null = nobody did
 * @param neutralise whether what is restored must not act on its own
 */
public record RestoreRequest(
    Source target,
    List<String> tables,
    String intoSchema,
    boolean replaceSource,
    String confirm,
    boolean neutralise) {}
