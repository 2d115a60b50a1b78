package ca.assistantgazelle.contract.catalogue;

import java.util.Locale;

/** Where the system runs ({@code SCHEDULER_ENV}). */
public enum DeploymentEnvironment {
    LOCAL,
    STAGING,
    PRODUCTION;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param word {@code local}, {@code staging} or {@code production}; null or blank means local
     * @throws IllegalArgumentException naming the three allowed values
     */
    public static DeploymentEnvironment of(String word) {
        if (word == null || word.isBlank()) {
            return LOCAL;
        }
        for (var environment : values()) {
            if (environment.id().equals(word)) {
                return environment;
            }
        }
        throw new IllegalArgumentException("SCHEDULER_ENV is '" + word + "'; it must be local, staging or production");
    }
}
