package ca.assistantgazelle.institution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which institution a client belongs to. */
public record Institutions(List<Institution> institutions) {
  private static final String BUNDLED = "institutions.yaml";
  private static final ObjectMapper YAML = new YAMLMapper();

  public Institutions {
    institutions = List.copyOf(institutions);
  }

  /**
   * @param file replaces the bundled list ({@code INSTITUTIONS_FILE}); null = the bundled one
   * @throws IllegalArgumentException naming the file when it cannot be used
   */
  public static Institutions load(Path file) {
    try (var in =
        file == null
            ? Institutions.class.getClassLoader().getResourceAsStream(BUNDLED)
            : Files.newInputStream(file)) {
      return YAML.readValue(in, Institutions.class);
    } catch (IOException e) {
      if (file == null) {
        throw new UncheckedIOException(e);
      }
      throw new IllegalArgumentException(
          "INSTITUTIONS_FILE " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * An explicit client id wins over any name.
   *
   * @param clientId Gazelle id; may be null
   * @param companyName may be null
   */
  public Optional<Institution> of(String clientId, String companyName) {
    var byId = institutions.stream().filter(i -> i.hasClient(clientId)).findFirst();
    if (byId.isPresent() || companyName == null) {
      return byId;
    }
    return institutions.stream().filter(i -> i.isNamed(companyName)).findFirst();
  }

  /**
   * Like {@link #of(String, String)}, but a person whose name happens to be like an institution's
   * stays a private client: names count only for clients with a company name of their own.
   *
   * @param firstName of the client's contact; may be null
   * @param lastName of the client's contact; may be null
   */
  public Optional<Institution> of(
      String clientId, String companyName, String firstName, String lastName) {
    boolean person =
        companyName != null
            && firstName != null
            && !firstName.isBlank()
            && lastName != null
            && !lastName.isBlank()
            && CompanyName.areSame(companyName, firstName + " " + lastName);
    return of(clientId, person ? null : companyName);
  }
}
