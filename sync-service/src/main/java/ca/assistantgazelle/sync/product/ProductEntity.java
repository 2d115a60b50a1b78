package ca.assistantgazelle.sync.product;

import ca.assistantgazelle.sync.gazelle.GraphQlQuery;
import ca.assistantgazelle.sync.mirror.MirrorTable;
import ca.assistantgazelle.sync.scan.UnpagedEntity;

/** The catalogue of services. */
public final class ProductEntity {
    public static final String NAME = "catalogue";

    private ProductEntity() {}

    public static UnpagedEntity<?> entity() {
        return new UnpagedEntity<>(
                NAME,
                GraphQlQuery.PRODUCTS,
                ProductRow::of,
                MirrorTable.withoutHash(ProductRow.class, ProductRow::gazelleProductId, ProductRow.UPSERT));
    }
}
