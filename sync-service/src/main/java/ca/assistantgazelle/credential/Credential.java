package ca.assistantgazelle.credential;

/**
 * What a request shows to Gazelle: an API key or an access token, never both. Source:
 * reference/gazelle.md §1.1.
 *
 * @param kind in words, for messages; the secret itself never is in one
 * @param apiKey null for a token
 * @param accessToken null for a key
 */
public record Credential(String kind, String apiKey, String accessToken) {
  static Credential ofKey(String key) {
    return new Credential("API key", key, null);
  }

  static Credential ofToken(String token) {
    return new Credential("access token", null, token);
  }

  /** The header's value; null for a key. */
  public String authorization() {
    return accessToken == null ? null : "Bearer " + accessToken;
  }

  @Override
  public String toString() {
    return kind;
  }
}
