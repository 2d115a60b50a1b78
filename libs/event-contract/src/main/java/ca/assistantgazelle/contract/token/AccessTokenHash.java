package ca.assistantgazelle.contract.token;

import ca.assistantgazelle.contract.digest.ContentDigests;

/** Hashes API tokens. A tokens file contains {@code name role sha256:<64 hex digits>}, never the token itself. */
public final class AccessTokenHash {
    public static final String PREFIX = "sha256:";

    private AccessTokenHash() {}

    /** SHA-256 in hex. Tokens are long and random, so no slower hash is needed. */
    public static String of(String token) {
        return ContentDigests.sha256Hex(token);
    }

    /** The line for a token in a tokens file. */
    public static String line(String name, String role, String token) {
        return name + " " + role + " " + PREFIX + of(token);
    }
}
