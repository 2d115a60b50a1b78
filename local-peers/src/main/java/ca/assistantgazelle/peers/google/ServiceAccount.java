package ca.assistantgazelle.peers.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The robot account of this emulator, and the endpoint where its key is exchanged for tokens. */
public final class ServiceAccount {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Google's client names the real endpoint, wherever it sends the assertion. */
  private static final String GOOGLE = "https://oauth2.googleapis.com/token";

  private final KeyPair keys;
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final Clock clock;
  private volatile boolean deleted;

  ServiceAccount(Clock clock) {
    this.clock = clock;
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      this.keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What Google Cloud offers for download: the file GOOGLE_APPLICATION_CREDENTIALS names. */
  String keyFile(String tokenUri) {
    var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "service_account")
        .put("project_id", "rapport-local")
        .put("private_key_id", "1")
        .put(
            "private_key",
            "-----BEGIN PRIVATE KEY-----\n"
                + encoder.encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n")
        .put("client_email", "robot@rapport-local.example")
        .put("client_id", "1")
        .put("token_uri", tokenUri)
        .toPrettyString();
  }

  /** As when somebody removed the account or its key. */
  public void delete() {
    deleted = true;
    tokens.clear();
  }

  /** It is there again. */
  public void restore() {
    deleted = false;
  }

  boolean accepts(String authorization) {
    return authorization != null
        && authorization.startsWith("Bearer ")
        && tokens.contains(authorization.substring("Bearer ".length()));
  }

  /**
   * @param form of the JWT bearer grant
   * @return the answer; with an error when the assertion is not good
   */
  JsonNode exchange(String form, String tokenUri) {
    if (deleted || !isGood(parameter(form, "assertion"), tokenUri)) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("error", "invalid_grant")
          .put("error_description", "Invalid JWT Signature.");
    }
    var token = "ya29.local-" + UUID.randomUUID();
    tokens.add(token);
    return JsonNodeFactory.instance
        .objectNode()
        .put("access_token", token)
        .put("expires_in", 3599)
        .put("token_type", "Bearer");
  }

  private boolean isGood(String assertion, String tokenUri) {
    var parts = assertion.split("\\.");
    if (parts.length != 3) {
      return false;
    }
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(keys.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
        return false;
      }
      var claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      return Set.of(tokenUri, GOOGLE).contains(claims.path("aud").asText())
          && claims.path("exp").asLong() > clock.instant().getEpochSecond();
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String parameter(String form, String name) {
    for (var pair : form.split("&")) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }
}
