package ca.assistantgazelle.database;

import org.postgresql.ds.PGSimpleDataSource;

/** Unpooled connections of the owner role for migrations; the services use a pool of their own. */
final class OwnerDataSource extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;

    OwnerDataSource(DatabaseSettings settings) {
        setUrl(settings.jdbcUrl());
        setUser(settings.user());
        setPassword(settings.password());
    }
}
