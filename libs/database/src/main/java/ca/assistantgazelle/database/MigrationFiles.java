package ca.assistantgazelle.database;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/** Provides Flyway with a fixed list of files: class path scanning does not work in every class loader of a service. */
final class MigrationFiles implements ResourceProvider {
    private static final String FOLDER = "db/migration/";

    private final List<String> files;

    MigrationFiles(List<String> files) {
        this.files = files;
    }

    @Override
    public LoadableResource getResource(String name) {
        return files.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(MigrationResource::new)
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return files.stream()
                .filter(file ->
                        file.startsWith(prefix) && List.of(suffixes).stream().anyMatch(file::endsWith))
                .<LoadableResource>map(MigrationResource::new)
                .toList();
    }

    private static final class MigrationResource extends LoadableResource {
        private final String name;

        MigrationResource(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            var in = MigrationFiles.class.getClassLoader().getResourceAsStream(FOLDER + name);
            if (in == null) {
                throw new UncheckedIOException(new IOException("migration " + name + " is not in this build"));
            }
            return new InputStreamReader(in, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return FOLDER + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
