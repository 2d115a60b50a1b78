package ca.assistantgazelle.products;

import ca.assistantgazelle.gazelle.Query;
import ca.assistantgazelle.mirror.MirrorTable;
import ca.assistantgazelle.scan.ListedEntity;

/** The catalogue of services. */
public final class Products {
  public static final String NAME = "catalogue";

  private Products() {}

  public static ListedEntity<?> entity() {
    return new ListedEntity<>(
        NAME,
        Query.PRODUCTS,
        ProductRow::of,
        new MirrorTable<>(
            ProductRow.class, ProductRow::gazelleProductId, ProductRow.CHANGED, ProductRow.UPSERT));
  }
}
