package ca.assistantgazelle.contract.catalogue;

import ca.assistantgazelle.contract.timetable.InvalidScheduleException;
import ca.assistantgazelle.contract.timetable.TimeZones;
import ca.assistantgazelle.contract.timetable.Timetable;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code jobs.yaml}: the jobs and the overrides of each environment. */
public final class JobCatalogueFile {
    private static final String BUNDLED = "jobs.yaml";
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final Pattern ALIAS =
            Pattern.compile("(?m)^(?:[^#'\"\n]*[:\\[,{-]\\s+|[^#'\"\n]*\\[)([*&][A-Za-z_]\\w*)");

    private JobCatalogueFile() {}

    /**
     * @param file replaces the bundled catalogue; null = the bundled one
     * @throws InvalidCatalogueException if it is invalid
     */
    public static JobCatalogue load(Path file, DeploymentEnvironment environment) {
        return file == null ? bundled(environment) : read(file, environment);
    }

    /** The bundled catalogue. */
    public static JobCatalogue bundled(DeploymentEnvironment environment) {
        try (InputStream in = JobCatalogueFile.class.getClassLoader().getResourceAsStream(BUNDLED)) {
            return parse(BUNDLED, in.readAllBytes(), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JobCatalogue read(Path file, DeploymentEnvironment environment) {
        try {
            return parse(file.toString(), Files.readAllBytes(file), environment);
        } catch (IOException e) {
            throw new InvalidCatalogueException("JOBS_FILE " + file + " cannot be read: " + e.getMessage());
        }
    }

    static JobCatalogue parse(String file, byte[] yaml, DeploymentEnvironment environment) {
        try {
            var root = YAML.treeToValue(onlyDocument(file, yaml), CatalogueDocument.class);
            var zone = zone(file, root == null ? null : root.zone());
            if (root == null || root.jobs() == null || root.jobs().isEmpty()) {
                throw new InvalidCatalogueException(file + ": no jobs defined under 'jobs'");
            }
            checkEnvironments(file, root);
            checkCalendars(file, root);
            var jobs = jobs(file, root, zone, environment);
            // What is wrong under another environment must not wait until it is used there.
            for (var other : DeploymentEnvironment.values()) {
                jobs(file, root, zone, other);
            }
            return new JobCatalogue(environment, zone, jobs);
        } catch (JsonMappingException e) {
            var keys = e.getPath().stream().map(JsonMappingException.Reference::getFieldName);
            throw new InvalidCatalogueException(file + ": key " + keys.toList() + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new InvalidCatalogueException(file + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JobDefinition> jobs(
            String file, CatalogueDocument root, ZoneId zone, DeploymentEnvironment environment) {
        var overlay = root.environments().getOrDefault(environment.id(), Map.of());
        var jobs = new ArrayList<JobDefinition>();
        root.jobs().forEach((id, entry) -> {
            if (entry == null) {
                throw new InvalidCatalogueException(file + ": job " + id + ": its definition is empty");
            }
            var merged = entry.deepCopy();
            if (overlay.get(id) != null) {
                merged.setAll(overlay.get(id));
            }
            jobs.add(new JobDefinitionParser(file, id, root, zone).parse(YAML, merged));
        });
        CatalogueValidator.validate(file, jobs);
        return jobs;
    }

    // Jackson reads the first of several documents, and an alias as a text.
    private static JsonNode onlyDocument(String file, byte[] yaml) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            JsonNode first = documents.hasNextValue() ? documents.nextValue() : YAML.nullNode();
            if (documents.hasNextValue()) {
                throw new InvalidCatalogueException(file + ": contains several YAML documents; it must contain one");
            }
            requireNoAlias(file, new String(yaml, StandardCharsets.UTF_8));
            return first;
        }
    }

    private static void requireNoAlias(String file, String yaml) {
        var alias = ALIAS.matcher(yaml);
        if (alias.find()) {
            long line = yaml.substring(0, alias.start(1)).lines().count();
            throw new InvalidCatalogueException(
                    "%s: line %d: %s: '%s': YAML anchors and aliases are not supported; repeat the value"
                            .formatted(file, line, alias.group().strip(), alias.group(1)));
        }
    }

    private static void checkCalendars(String file, CatalogueDocument root) {
        for (var name : root.calendars().keySet()) {
            if (Timetable.bundledCalendar(name).isPresent()) {
                throw new InvalidCatalogueException(
                        file + ": key [calendars, " + name + "]: the calendar is built in; use another name");
            }
        }
    }

    private static ZoneId zone(String file, String name) {
        try {
            return TimeZones.canonical(name);
        } catch (InvalidScheduleException e) {
            throw new InvalidCatalogueException(file + ": key [zone]: " + e.getMessage());
        }
    }

    private static void checkEnvironments(String file, CatalogueDocument root) {
        root.environments().forEach((name, overlay) -> {
            if (Stream.of(DeploymentEnvironment.values())
                    .noneMatch(known -> known.id().equals(name))) {
                throw new InvalidCatalogueException(file
                        + ": key [environments]: '"
                        + name
                        + "' is not an environment; use local, staging or production");
            }
            overlay.keySet().forEach(job -> {
                if (!root.jobs().containsKey(job)) {
                    throw new InvalidCatalogueException(
                            file + ": key [environments, " + name + "]: '" + job + "' is not a job of this catalogue");
                }
            });
        });
    }
}
