package ca.assistantgazelle.runner.plan;

import ca.assistantgazelle.contract.token.AccessTokenHash;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Tokens and passwords of the local system, generated at the first start and kept in {@code .gazelle}. */
public final class LocalSecrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final StateDirectory home;
    private final Properties values;

    private LocalSecrets(StateDirectory home, Properties values) {
        this.home = home;
        this.values = values;
    }

    public static LocalSecrets of(StateDirectory home) {
        try {
            var values = new Properties();
            var file = home.file("secrets.properties");
            if (Files.exists(file)) {
                values.load(new StringReader(Files.readString(file)));
            }
            var secrets = new LocalSecrets(home, values);
            secrets.generateMissing();
            return secrets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String databasePassword() {
        return values.getProperty("database");
    }

    /** The secret key that signs S3 requests. */
    public String s3SecretKey() {
        return values.getProperty("s3");
    }

    public String gazelleApiKey() {
        return values.getProperty("gazelle");
    }

    /** By role. */
    public Map<String, String> tokens() {
        var tokens = new LinkedHashMap<String, String>();
        for (var role : new String[] {"viewer", "operator", "admin"}) {
            tokens.put(role, values.getProperty(role));
        }
        return tokens;
    }

    /** The file for {@code API_TOKENS_FILE}: hashes only. */
    public Path tokensFile() {
        var lines = new StringBuilder();
        tokens().forEach((role, token) ->
                lines.append(AccessTokenHash.line("local-" + role, role, token)).append('\n'));
        home.writeSecret("api-tokens", lines.toString());
        return home.file("api-tokens");
    }

    private void generateMissing() throws IOException {
        for (var name : new String[] {"database", "gazelle", "s3", "viewer", "operator", "admin"}) {
            values.computeIfAbsent(name, missing -> random());
        }
        var text = new StringWriter();
        values.store(text, "Secrets of this local system");
        home.writeSecret("secrets.properties", text.toString());
    }

    private static String random() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
