package ca.assistantgazelle.sync.credential;

/**
 * The credential of a request to Gazelle: an API key or an access token, never both.
 *
 * @param kind name for messages, which never contain the secret itself
 * @param apiKey null for a token
 * @param accessToken null for a key
 */
public record ApiCredential(String kind, String apiKey, String accessToken) {
    static ApiCredential ofKey(String key) {
        return new ApiCredential("API key", key, null);
    }

    static ApiCredential ofToken(String token) {
        return new ApiCredential("access token", null, token);
    }

    /** Value of the Authorization header; null for a key. */
    public String authorization() {
        return accessToken == null ? null : "Bearer " + accessToken;
    }

    @Override
    public String toString() {
        return kind;
    }
}
