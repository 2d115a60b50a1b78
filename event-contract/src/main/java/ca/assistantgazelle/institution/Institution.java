package ca.assistantgazelle.institution;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * An institution the company works for.
 *
 * @param name as people say it, never null
 * @param tab the report's tab for its clients; null when it has none
 * @param clientIds Gazelle client ids that belong to it whatever they are called
 * @param companyNames names that a company name must contain as whole words, compared after {@link
 *     CompanyName}
 */
public record Institution(
    String name,
    String tab,
    @JsonProperty("client_ids") List<String> clientIds,
    @JsonProperty("company_names") List<String> companyNames) {
  public Institution {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("an institution needs a name");
    }
    clientIds = clientIds == null ? List.of() : List.copyOf(clientIds);
    companyNames = companyNames == null ? List.of() : List.copyOf(companyNames);
  }

  boolean hasClient(String clientId) {
    return clientId != null && clientIds.contains(clientId);
  }

  boolean isNamed(String companyName) {
    return companyNames.stream()
        .anyMatch(pattern -> CompanyName.containsWords(companyName, pattern));
  }
}
