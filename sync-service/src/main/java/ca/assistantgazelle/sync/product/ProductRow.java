package ca.assistantgazelle.sync.product;

import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.bool;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.id;
import static ca.assistantgazelle.sync.gazelle.GazelleJsonFields.integer;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;

/** A row of produits_catalogue: the columns filled from Gazelle. */
record ProductRow(
        String gazelleProductId,
        String nom,
        String categorie,
        String description,
        BigDecimal prixUnitaire,
        Boolean isActive) {
    /**
     * A row is matched by Gazelle's id, else by its code, which is never changed. The table has no hash, so rows are
     * compared column by column.
     */
    static final String UPSERT = """
      with incoming as (
        select i.*, coalesce(
          (select p.id from public.produits_catalogue p where p.gazelle_product_id = i.gazelle_id),
          (select p.id from public.produits_catalogue p where p.code_produit in ('GAZ-' || i.gazelle_id, i.gazelle_id) limit 1)) as known_id
        from (select gazelle_id, nom, categorie, description, prix::numeric(10, 2) as prix, is_active
          from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::bytea[])
            as t (gazelle_id, nom, categorie, description, prix, is_active, content_hash)) i),
      updated as (
        update public.produits_catalogue p
        set gazelle_product_id = i.gazelle_id, nom = i.nom, categorie = i.categorie, description = i.description,
          prix_unitaire = i.prix, is_active = i.is_active, last_sync_at = now(), updated_at = now()
        from incoming i
        where p.id = i.known_id
          and (p.gazelle_product_id, p.nom, p.categorie, p.description, p.prix_unitaire, p.is_active)
            is distinct from (i.gazelle_id, i.nom, i.categorie, i.description, i.prix, i.is_active)
        returning false as inserted),
      inserted as (
        insert into public.produits_catalogue (code_produit, gazelle_product_id, nom, categorie, description,
          prix_unitaire, is_active, last_sync_at)
        select 'GAZ-' || gazelle_id, gazelle_id, nom, categorie, description, prix, is_active, now()
        from incoming where known_id is null
        returning true as inserted)
      select inserted from updated union all select inserted from inserted
      """;

    private static final List<String> LOCALES = List.of("fr_CA", "en_US");
    private static final String NAMELESS = "(sans nom)";

    /** Maps a Gazelle service; its amount is in cents. */
    static ProductRow of(JsonNode service) {
        var name = translated(service.path("name"));
        var cents = integer(service, "amount");
        var archived = bool(service, "isArchived");
        return new ProductRow(
                id(service),
                name == null ? NAMELESS : name,
                translated(service.path("masterServiceGroup").path("name")),
                translated(service.path("description")),
                cents == null ? null : BigDecimal.valueOf(cents, 2),
                archived == null ? null : !archived);
    }

    private static String translated(JsonNode texts) {
        for (var locale : LOCALES) {
            var text = texts.path(locale).asText("");
            if (!text.isBlank()) {
                return text;
            }
        }
        return null;
    }
}
