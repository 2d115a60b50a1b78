package ca.assistantgazelle.gazelle;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How to reach Gazelle. */
@ConfigMapping(prefix = "gazelle.api")
public interface ApiConfig {
  /** {@code GAZELLE_API_URL}: the GraphQL endpoint's full URL. */
  String url();

  /** {@code GAZELLE_API_KEY}. */
  Optional<String> key();
}
