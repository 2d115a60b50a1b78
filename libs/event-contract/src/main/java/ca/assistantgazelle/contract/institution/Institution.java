package ca.assistantgazelle.contract.institution;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * An institution the company works for.
 *
 * @param name display name, never null
 * @param tab the report's tab for its clients; null when it has none
 * @param clientIds Gazelle client ids that belong to it whatever their names
 * @param companyNames names that a company name must contain as whole words, compared after {@link CompanyName}
 */
public record Institution(
        String name,
        String tab,
        @JsonProperty("client_ids") List<String> clientIds,
        @JsonProperty("company_names") List<String> companyNames) {
    public Institution {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("'name' is missing; every institution must have one");
        }
        clientIds = clientIds == null ? List.of() : List.copyOf(clientIds);
        companyNames = companyNames == null ? List.of() : List.copyOf(companyNames);
    }

    boolean hasClient(String clientId) {
        return clientId != null && clientIds.contains(clientId);
    }

    boolean matchesName(String companyName) {
        return companyNames.stream().anyMatch(pattern -> CompanyName.containsWords(companyName, pattern));
    }
}
