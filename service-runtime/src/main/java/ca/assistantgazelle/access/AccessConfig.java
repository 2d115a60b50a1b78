package ca.assistantgazelle.access;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Who may call this service. */
@ConfigMapping(prefix = "gazelle.access")
public interface AccessConfig {
  /**
   * {@code API_TOKENS_FILE}: hashed tokens with their roles, readable by its owner only. Absent =
   * every call is refused.
   */
  Optional<Path> tokensFile();
}
