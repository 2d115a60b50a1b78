package ca.assistantgazelle.emulators.google;

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

/** The service account of this emulator, and the token endpoint. */
public final class EmulatedServiceAccount {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Google's client always uses the real endpoint as the audience of the assertion. */
    private static final String GOOGLE_TOKEN_URL = "https://oauth2.googleapis.com/token";

    private final KeyPair keys;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private volatile boolean deleted;

    EmulatedServiceAccount(Clock clock) {
        this.clock = clock;
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key file, as downloaded from Google Cloud, for GOOGLE_APPLICATION_CREDENTIALS. */
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

    /** Simulates the deletion of the account or its key, and revokes its tokens. */
    public void delete() {
        deleted = true;
        tokens.clear();
    }

    /** Reverts {@link #delete}. Revoked tokens stay revoked. */
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
     * @return the response body; has an {@code error} if the assertion is invalid
     */
    JsonNode exchange(String form, String tokenUri) {
        if (deleted || !isValid(parameter(form, "assertion"), tokenUri)) {
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

    private boolean isValid(String assertion, String tokenUri) {
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
            return Set.of(tokenUri, GOOGLE_TOKEN_URL)
                            .contains(claims.path("aud").asText())
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
