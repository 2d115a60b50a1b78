package ca.assistantgazelle.sync.product;

import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.scan.UnpagedSyncSource;

/** The catalogue of services. */
public final class ProductSyncSource {
    public static final String NAME = "catalogue";

    private ProductSyncSource() {}

    public static UnpagedSyncSource<?> entity() {
        return UnpagedSyncSource.of(
                NAME,
                GraphQlQuery.PRODUCTS,
                ProductRow::of,
                MirrorTable.withoutHash(ProductRow.class, ProductRow::gazelleProductId, ProductRow.UPSERT),
                "public.produits_catalogue",
                "gazelle_product_id",
                "gazelle_product_id is not null");
    }
}
