package ca.assistantgazelle.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Grants the services' role access to the rows, but not the structure, of tables of another owner. */
final class ServiceRoleGrants {
    private ServiceRoleGrants() {}

    static void grant(Connection connection, String role) throws SQLException {
        try (var statement = connection.prepareStatement("select set_config('gazelle.service_role', ?, false)")) {
            statement.setString(1, role);
            statement.execute();
        }
        try (var statement = connection.createStatement()) {
            statement.execute("""
          do $$
          declare
            service text := current_setting('gazelle.service_role');
            secured text;
          begin
            execute format('grant usage on schema automation, public to %1$I', service);
            execute format('grant select, insert, update, delete on all tables in schema automation to %1$I', service);
            execute format('revoke insert, update, delete on automation.schema_history from %1$I', service);
            execute format('grant usage, select on all sequences in schema automation to %1$I', service);
            foreach secured in array array['gazelle_clients', 'gazelle_contacts', 'gazelle_pianos', 'gazelle_appointments',
              'gazelle_appointment_pianos', 'users', 'gazelle_timeline_entries', 'produits_catalogue', 'scheduler_logs']
            loop
              execute format('grant select, insert, update, delete on public.%1$I to %2$I', secured, service);
              if not exists (select from pg_policies
                  where schemaname = 'public' and tablename = secured and policyname = 'gazelle_services_' || service) then
                execute format('create policy %1$I on public.%2$I to %3$I using (true) with check (true)',
                  'gazelle_services_' || service, secured, service);
              end if;
            end loop;
            execute format('grant usage, select on all sequences in schema public to %1$I', service);
          end $$
          """);
        }
    }
}
