package ca.assistantgazelle.backup.manifest;

import java.util.Locale;

/**
 * Kinds of schema objects, and the attributes by which they are compared. Expressions are left out: PostgreSQL may
 * print a restored expression differently from the original.
 */
enum SchemaObjectKind {
    COLUMNS(
            """
      pg_attribute a join pg_class o on o.oid = a.attrelid and o.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped""",
            "o.relnamespace",
            "o.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.atthasdef"),
    CONSTRAINTS(
            "pg_constraint o",
            "o.connamespace",
            "o.conname, o.contype, o.convalidated, cardinality(o.conkey), cardinality(o.confkey)"),
    FUNCTIONS(
            "pg_proc o",
            "o.pronamespace",
            "o.proname, pg_get_function_identity_arguments(o.oid), o.prosrc, o.provolatile, o.prosecdef"),
    INDEXES(
            "pg_index i join pg_class o on o.oid = i.indexrelid",
            "o.relnamespace",
            "o.relname, i.indisvalid, i.indisunique, i.indisprimary, i.indnatts"),
    POLICIES("pg_policy o join pg_class c on c.oid = o.polrelid", "c.relnamespace", """
      c.relname, o.polname, o.polcmd, o.polpermissive,
      (select string_agg(coalesce(r.rolname, 'public'), ',' order by r.rolname) from unnest(o.polroles) p left join pg_roles r on r.oid = p),
      o.polqual is null, o.polwithcheck is null"""),
    ROW_SECURITY(
            "(select * from pg_class where relkind in ('r', 'p')) o",
            "o.relnamespace",
            "o.relname, o.relrowsecurity, o.relforcerowsecurity"),
    TRIGGERS(
            "pg_trigger o join pg_class c on c.oid = o.tgrelid and not o.tgisinternal",
            "c.relnamespace",
            "c.relname, o.tgname, o.tgenabled, o.tgtype"),
    TYPES(
            """
            (select * from pg_type t where t.typtype in ('e', 'd', 'r')
              or t.typtype = 'c' and exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c')) o""",
            "o.typnamespace",
            "o.typname, o.typtype, (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum e where e.enumtypid = o.oid)"),
    VIEWS("(select * from pg_class where relkind in ('v', 'm')) o", "o.relnamespace", "o.relname, o.relkind");

    private final String from;
    private final String schema;
    private final String definition;

    /**
     * @param from the relations; {@code o} is the object
     * @param schema SQL expression for the oid of its schema
     * @param definition SQL expressions of the compared attributes, separated by commas
     */
    SchemaObjectKind(String from, String schema, String definition) {
        this.from = from;
        this.schema = schema;
        this.definition = definition;
    }

    /** The key in manifests. */
    String manifestKey() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Query for the count and the checksum. It has one parameter: the excluded schemas. */
    String sql() {
        return "select count(*), coalesce(sum("
                + DatabaseFingerprintReader.hash64("concat_ws('|', " + definition + ")")
                + "), 0)::text from "
                + from
                + " where "
                + DatabaseFingerprintReader.inBackedUpSchemas(schema)
                + " and "
                + DatabaseFingerprintReader.NOT_OWNED_BY_EXTENSION;
    }
}
