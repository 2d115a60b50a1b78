package ca.assistantgazelle.contract.institution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the institution a client belongs to. */
public record InstitutionDirectory(List<Institution> institutions) {
    private static final String BUNDLED = "institutions.yaml";
    private static final ObjectMapper YAML = new YAMLMapper();

    public InstitutionDirectory {
        institutions = List.copyOf(institutions);
    }

    /**
     * @param file replaces the bundled list ({@code INSTITUTIONS_FILE}); null = the bundled one
     * @throws IllegalArgumentException naming the file, if it cannot be read
     */
    public static InstitutionDirectory load(Path file) {
        try (var in = file == null
                ? InstitutionDirectory.class.getClassLoader().getResourceAsStream(BUNDLED)
                : Files.newInputStream(file)) {
            return YAML.readValue(in, InstitutionDirectory.class);
        } catch (IOException e) {
            if (file == null) {
                throw new UncheckedIOException(e);
            }
            throw new IllegalArgumentException("INSTITUTIONS_FILE " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * An explicit client id takes precedence over the name.
     *
     * @param clientId Gazelle id; may be null
     * @param companyName may be null
     */
    public Optional<Institution> find(String clientId, String companyName) {
        var byId = institutions.stream().filter(i -> i.hasClient(clientId)).findFirst();
        if (byId.isPresent() || companyName == null) {
            return byId;
        }
        return institutions.stream().filter(i -> i.matchesName(companyName)).findFirst();
    }

    /**
     * Like {@link #find(String, String)}, but a person whose name resembles an institution's remains a private client:
     * only company names that differ from the contact's name are compared.
     *
     * @param firstName of the client's contact; may be null
     * @param lastName of the client's contact; may be null
     */
    public Optional<Institution> find(String clientId, String companyName, String firstName, String lastName) {
        boolean person = companyName != null
                && firstName != null
                && !firstName.isBlank()
                && lastName != null
                && !lastName.isBlank()
                && CompanyName.areSame(companyName, firstName + " " + lastName);
        return find(clientId, person ? null : companyName);
    }
}
