package ca.assistantgazelle.sync.user;

import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.bool;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.text;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.trimmed;

import ca.assistantgazelle.sync.gazelle.GazelleJsonFields;
import com.fasterxml.jackson.databind.JsonNode;

/** A row of users: the columns filled from Gazelle. */
record UserRow(
        String id,
        String firstName,
        String lastName,
        String email,
        String gazelleStatus,
        String gazelleAccessLevel,
        Boolean isSchedulable) {
    /** An e-mail address set manually is not overwritten. */
    static final String UPSERT = """
            insert into public.users as u (id, external_id, first_name, last_name, email, gazelle_status,
              gazelle_access_level, is_schedulable)
            select i.id, i.id, i.first_name, i.last_name, i.email, i.status, i.access_level, i.is_schedulable
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::bytea[])
              as i (id, first_name, last_name, email, status, access_level, is_schedulable, content_hash)
            left join public.users known on known.id = i.id
            where known.id is null
              or (known.external_id, known.first_name, known.last_name, known.gazelle_status, known.gazelle_access_level,
                known.is_schedulable) is distinct from (i.id, i.first_name, i.last_name, i.status, i.access_level,
                i.is_schedulable)
              or (known.email is null and i.email is not null)
            on conflict (id) do update
            set external_id = excluded.external_id, first_name = excluded.first_name, last_name = excluded.last_name,
              email = coalesce(u.email, excluded.email), gazelle_status = excluded.gazelle_status,
              gazelle_access_level = excluded.gazelle_access_level, is_schedulable = excluded.is_schedulable,
              updated_at = now()
            returning (xmax = 0) as inserted
            """;

    /** Maps a Gazelle user. */
    static UserRow of(JsonNode user) {
        return new UserRow(
                GazelleJsonFields.id(user),
                text(user, "firstName"),
                text(user, "lastName"),
                trimmed(user, "email"),
                text(user, "status"),
                text(user, "accessLevel"),
                bool(user, "isSchedulable"));
    }
}
