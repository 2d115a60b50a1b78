package ca.assistantgazelle.catalogue;

import ca.assistantgazelle.topic.Worker;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code jobs.yaml}: the jobs, then what each environment changes about them. */
public final class CatalogueFile {
  private static final String BUNDLED = "jobs.yaml";
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private CatalogueFile() {}

  /**
   * @param file replaces the bundled catalogue; null = the bundled one
   * @throws InvalidCatalogueException when it cannot be used
   */
  public static JobCatalogue load(Path file, Environment environment) {
    return file == null ? bundled(environment) : read(file, environment);
  }

  /** The catalogue that ships with the product. */
  public static JobCatalogue bundled(Environment environment) {
    try (InputStream in = CatalogueFile.class.getClassLoader().getResourceAsStream(BUNDLED)) {
      return parse(BUNDLED, in.readAllBytes(), environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JobCatalogue read(Path file, Environment environment) {
    try {
      return parse(file.toString(), Files.readAllBytes(file), environment);
    } catch (IOException e) {
      throw new InvalidCatalogueException(
          "JOBS_FILE " + file + " cannot be read: " + e.getMessage());
    }
  }

  static JobCatalogue parse(String file, byte[] yaml, Environment environment) {
    try {
      var root = YAML.readTree(yaml);
      var zone = zone(file, root.path("zone").asText(null));
      var jobs = new ArrayList<Job>();
      for (Map.Entry<String, JsonNode> entry : root.path("jobs").properties()) {
        var merged = (ObjectNode) entry.getValue().deepCopy();
        var overlay = root.path("environments").path(environment.word()).path(entry.getKey());
        if (overlay instanceof ObjectNode changes) {
          merged.setAll(changes);
        }
        jobs.add(job(file, entry.getKey(), merged));
      }
      return new JobCatalogue(environment, zone, check(file, jobs));
    } catch (JsonProcessingException e) {
      throw new InvalidCatalogueException(file + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ZoneId zone(String file, String name) {
    try {
      return ZoneId.of("America/Montreal".equals(name) ? "America/Toronto" : String.valueOf(name));
    } catch (DateTimeException e) {
      throw new InvalidCatalogueException(
          file + ": zone is '" + name + "'; write an IANA name such as America/Toronto");
    }
  }

  private static Job job(String file, String id, ObjectNode node) {
    try {
      var entry = YAML.treeToValue(node, Entry.class);
      return new Job(
          id,
          entry.label,
          require(entry.worker, "worker"),
          entry.schedule,
          require(entry.attempts, "attempts"),
          entry.retryDelay == null ? Duration.ZERO : entry.retryDelay,
          require(entry.maxLateness, "max_lateness"),
          require(entry.expected, "expected"),
          require(entry.hardLimit, "hard_limit"),
          entry.hardLimitFull,
          require(entry.drain, "drain"),
          entry.after,
          entry.parameters);
    } catch (JsonMappingException e) {
      var keys = e.getPath().stream().map(JsonMappingException.Reference::getFieldName);
      throw new InvalidCatalogueException(
          file + ": job " + id + ": key " + keys.toList() + ": " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw new InvalidCatalogueException(file + ": job " + id + ": " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw new InvalidCatalogueException(file + ": job " + id + ": " + e.getMessage());
    }
  }

  private static <T> T require(T value, String key) {
    if (value == null) {
      throw new IllegalArgumentException("key '" + key + "' is missing");
    }
    return value;
  }

  private static List<Job> check(String file, List<Job> jobs) {
    if (jobs.isEmpty()) {
      throw new InvalidCatalogueException(file + ": no job under 'jobs'");
    }
    for (var job : jobs) {
      if (job.attempts() < 1 || job.attempts() > 100) {
        throw new InvalidCatalogueException(
            file
                + ": job "
                + job.id()
                + ": attempts is "
                + job.attempts()
                + "; it must be 1 to 100");
      }
      if (job.after() != null && jobs.stream().noneMatch(other -> other.id().equals(job.after()))) {
        throw new InvalidCatalogueException(
            file
                + ": job "
                + job.id()
                + ": after names '"
                + job.after()
                + "', which is no job of this catalogue");
      }
    }
    return jobs;
  }

  /** One job as written in the file; durations in ISO-8601 ({@code PT5M}). */
  record Entry(
      String label,
      Worker worker,
      List<String> schedule,
      Integer attempts,
      @JsonProperty("retry_delay") Duration retryDelay,
      @JsonProperty("max_lateness") Duration maxLateness,
      Duration expected,
      @JsonProperty("hard_limit") Duration hardLimit,
      @JsonProperty("hard_limit_full") Duration hardLimitFull,
      Duration drain,
      String after,
      Map<String, Parameter> parameters) {}
}
