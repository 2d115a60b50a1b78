package ca.assistantgazelle.sync.client;

/** A row of gazelle_contacts. */
record ContactRow(
    String externalId,
    String clientExternalId,
    String firstName,
    String lastName,
    String role,
    String email,
    String phone,
    Boolean isDefault,
    Boolean isBillingDefault,
    Boolean archived) {
  static final String CHANGED =
      """
      select wanted.id
      from unnest($1::text[], $2::bytea[]) as wanted (id, hash) left join lateral (
        select content_hash from public.gazelle_contacts where external_id = wanted.id and deleted_at is null limit 1) known on true
      where known.content_hash is distinct from wanted.hash
      """;

  static final String UPSERT =
      """
      insert into public.gazelle_contacts (external_id, client_external_id, first_name, last_name, role, email, phone,
        is_default, is_billing_default, archived, content_hash)
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
        $8::boolean[], $9::boolean[], $10::boolean[], $11::bytea[])
      on conflict (external_id) do update
      set client_external_id = excluded.client_external_id, first_name = excluded.first_name,
        last_name = excluded.last_name, role = excluded.role, email = excluded.email, phone = excluded.phone,
        is_default = excluded.is_default, is_billing_default = excluded.is_billing_default,
        archived = excluded.archived, content_hash = excluded.content_hash, deleted_at = null, deleted_reason = null,
        updated_at = now()
      returning (xmax = 0) as inserted
      """;
}
