package ca.assistantgazelle.runtime.auth;

import ca.assistantgazelle.contract.token.AccessTokenHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The API tokens this service accepts: one line each, {@code name role sha256:<64 hex digits>}. Only hashes are kept,
 * and each is compared in constant time.
 */
public final class AccessTokens {
    /** A caller whose token was recognised. */
    public record AuthenticatedCaller(String name, Set<String> roles) {}

    private record TokenEntry(String name, Set<String> roles, String hash) {}

    // Group-readable is allowed: Kubernetes mounts secrets so for a user other than root.
    private static final Set<PosixFilePermission> FORBIDDEN_PERMISSIONS = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final List<TokenEntry> entries;

    private AccessTokens(List<TokenEntry> entries) {
        this.entries = entries;
    }

    /** Accepts no token. */
    static AccessTokens none() {
        return new AccessTokens(List.of());
    }

    /** @throws IllegalArgumentException naming the file and line, if it is invalid or accessible to other users */
    static AccessTokens read(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(FORBIDDEN_PERMISSIONS::contains)) {
                throw new IllegalArgumentException(
                        "API_TOKENS_FILE " + file + " must not be accessible to other users. Run: chmod 600 " + file);
            }
            var lines = Files.readAllLines(file);
            var entries = new ArrayList<TokenEntry>();
            for (int i = 0; i < lines.size(); i++) {
                var line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    entries.add(parseLine(file, i + 1, line));
                }
            }
            return new AccessTokens(List.copyOf(entries));
        } catch (IOException e) {
            throw new IllegalArgumentException("API_TOKENS_FILE " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    int count() {
        return entries.size();
    }

    Optional<AuthenticatedCaller> find(String token) {
        var presented = AccessTokenHash.of(token);
        TokenEntry found = null;
        for (var entry : entries) {
            if (MessageDigest.isEqual(bytes(entry.hash), bytes(presented))) {
                found = entry;
            }
        }
        return Optional.ofNullable(found).map(entry -> new AuthenticatedCaller(entry.name, entry.roles));
    }

    // The content of a line that is wrong may be a token; only a name in its place is quoted.
    private static TokenEntry parseLine(Path file, int number, String line) {
        var words = line.split("\\s+");
        if (words.length != 3 || !words[2].matches(AccessTokenHash.PREFIX + "[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "API_TOKENS_FILE %s line %d%s: it must have the form 'name role sha256:<64 hex digits>'"
                            .formatted(file, number, words.length == 3 ? " ('" + words[0] + "')" : ""));
        }
        return new TokenEntry(
                words[0], AccessRole.impliedRoles(words[1]), words[2].substring(AccessTokenHash.PREFIX.length()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
