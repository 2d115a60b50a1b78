package ca.assistantgazelle.manifest;

import ca.assistantgazelle.archive.Hashing;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a manifest is as it was written: by its hash, which anybody can check, and by an
 * HMAC under the service's own secret, which nobody else can make.
 */
public final class Seal {
  private static final String ALGORITHM = "HmacSHA256";

  /**
   * What stands beside a manifest.
   *
   * @param hmac null when there was no secret
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Mark(String sha256, String hmac) {}

  private final byte[] secret;

  /**
   * @param secret null = only hashes are checked, as after a disaster that took the secret too
   */
  public Seal(byte[] secret) {
    this.secret = secret == null ? null : secret.clone();
  }

  byte[] mark(byte[] manifest) throws IOException {
    return ManifestJson.write(new Mark(Hashing.sha256(manifest), hmac(manifest)));
  }

  /**
   * @param mark as it was found; null = it is missing
   * @throws BackupException when the manifest is not as it was written
   */
  void require(byte[] manifest, byte[] mark) throws BackupException {
    if (mark == null) {
      throw tampered("its seal is missing");
    }
    Mark written;
    try {
      written = ManifestJson.read(mark, Mark.class);
    } catch (IOException e) {
      throw tampered("its seal cannot be read");
    }
    if (!Hashing.sha256(manifest).equals(written.sha256())) {
      throw tampered("it was changed");
    }
    if (secret != null && (written.hmac() == null || !equal(hmac(manifest), written.hmac()))) {
      throw tampered("it was not sealed with this service's secret");
    }
  }

  private static boolean equal(String expected, String found) {
    return MessageDigest.isEqual(
        expected.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        found.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static BackupException tampered(String what) {
    return new BackupException(
        Cause.TAMPERED,
        "The manifest does not hold: " + what + ".",
        "Use another backup or another destination; keep this one for inspection.");
  }

  private String hmac(byte[] manifest) {
    if (secret == null) {
      return null;
    }
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(manifest));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }
}
