package ca.assistantgazelle.credential;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Keeps tokens unreadable to whoever only has the database: AES-256-GCM under a key that HKDF
 * derives from the client secret. A text is 12 bytes of nonce and the cipher text.
 */
final class TokenSeal {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;

  TokenSeal(String clientSecret) {
    try {
      this.key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract()
                      .addIKM(clientSecret.getBytes(StandardCharsets.UTF_8))
                      .thenExpand("gazelle token".getBytes(StandardCharsets.UTF_8), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
    }
  }

  /** Null stays null. */
  Buffer seal(String token) {
    if (token == null) {
      return null;
    }
    var nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    var sealed = crypt(Cipher.ENCRYPT_MODE, nonce, token.getBytes(StandardCharsets.UTF_8));
    var whole = Arrays.copyOf(nonce, NONCE + sealed.length);
    System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
    return Buffer.buffer(whole);
  }

  /**
   * Null stays null.
   *
   * @throws IllegalStateException when it was sealed under another client secret, or is damaged
   */
  String open(Buffer sealed) {
    if (sealed == null) {
      return null;
    }
    if (sealed.length() < NONCE + TAG_BITS / Byte.SIZE) {
      throw new IllegalStateException("this is too short for a sealed text");
    }
    var nonce = sealed.getBytes(0, NONCE);
    var token = crypt(Cipher.DECRYPT_MODE, nonce, sealed.getBytes(NONCE, sealed.length()));
    return new String(token, StandardCharsets.UTF_8);
  }

  /** Tells refresh tokens apart without keeping them. */
  static Buffer fingerprint(String token) {
    try {
      return Buffer.buffer(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private byte[] crypt(int mode, byte[] nonce, byte[] text) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this is not sealed under this client secret", e);
    }
  }
}
