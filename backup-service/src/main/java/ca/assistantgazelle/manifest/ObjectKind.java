package ca.assistantgazelle.manifest;

import java.util.Locale;

/**
 * What a schema is made of beside its rows, and how each object is defined: PostgreSQL's own words
 * wherever it has a function for them.
 */
enum ObjectKind {
  COLUMNS(
      """
      pg_attribute a join pg_class o on o.oid = a.attrelid and o.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum""",
      "o.relnamespace",
      "o.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, pg_get_expr(f.adbin, f.adrelid)"),
  CONSTRAINTS(
      "pg_constraint o",
      "o.connamespace",
      "o.conname, pg_get_constraintdef(o.oid), o.convalidated"),
  FUNCTIONS(
      "pg_proc o",
      "o.pronamespace",
      "o.proname, pg_get_function_identity_arguments(o.oid), o.prosrc, o.provolatile, o.prosecdef"),
  INDEXES(
      "pg_index i join pg_class o on o.oid = i.indexrelid",
      "o.relnamespace",
      "pg_get_indexdef(o.oid), i.indisvalid"),
  POLICIES(
      "pg_policy o join pg_class c on c.oid = o.polrelid",
      "c.relnamespace",
      """
      c.relname, o.polname, o.polcmd, o.polpermissive,
      (select string_agg(coalesce(r.rolname, 'public'), ',' order by r.rolname) from unnest(o.polroles) p left join pg_roles r on r.oid = p),
      pg_get_expr(o.polqual, o.polrelid), pg_get_expr(o.polwithcheck, o.polrelid)"""),
  TRIGGERS(
      "pg_trigger o join pg_class c on c.oid = o.tgrelid and not o.tgisinternal",
      "c.relnamespace",
      "pg_get_triggerdef(o.oid), o.tgenabled"),
  TYPES(
      """
      (select * from pg_type t where t.typtype in ('e', 'd', 'r')
        or t.typtype = 'c' and exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')) o""",
      "o.typnamespace",
      "o.typname, o.typtype, (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum e where e.enumtypid = o.oid)"),
  VIEWS(
      "(select * from pg_class where relkind in ('v', 'm')) o",
      "o.relnamespace",
      "o.relname, pg_get_viewdef(o.oid)");

  private final String from;
  private final String schema;
  private final String definition;

  /**
   * @param from relations, of which o is the object
   * @param schema expression for its schema's oid
   * @param definition expressions for how it is defined, separated by commas
   */
  ObjectKind(String from, String schema, String definition) {
    this.from = from;
    this.schema = schema;
    this.definition = definition;
  }

  /** As manifests name it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many there are, and the sum of their definitions. One parameter: the excluded schemas. */
  String sql() {
    return "select count(*), coalesce(sum("
        + ContentsReader.sixtyFourBits("concat_ws('|', " + definition + ")")
        + "), 0)::text from "
        + from
        + " where "
        + ContentsReader.ours(schema)
        + " and "
        + ContentsReader.NOT_OF_AN_EXTENSION;
  }
}
