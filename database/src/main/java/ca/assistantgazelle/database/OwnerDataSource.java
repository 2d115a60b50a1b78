package ca.assistantgazelle.database;

import org.postgresql.ds.PGSimpleDataSource;

/** Plain connections for the few seconds of a migration; the services' own pool is another one. */
final class OwnerDataSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1;

  OwnerDataSource(DatabaseSettings settings) {
    setUrl(settings.jdbcUrl());
    setUser(settings.user());
    setPassword(settings.password());
  }
}
