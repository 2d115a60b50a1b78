package ca.assistantgazelle.runtime.auth;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Configures who may call this service. */
@ConfigMapping(prefix = "gazelle.auth")
public interface AuthConfig {
    /**
     * {@code API_TOKENS_FILE}: hashed tokens with their roles, readable by its owner only. Absent = every request is
     * rejected.
     */
    Optional<Path> tokensFile();
}
