package ca.assistantgazelle.backup.manifest;

import ca.assistantgazelle.backup.archive.HashingOutputStream;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and checks manifests: with a SHA-256 hash, which anyone can check, and with an HMAC under the service's secret,
 * which detects forgeries.
 */
public final class ManifestSignature {
    private static final String ALGORITHM = "HmacSHA256";

    /**
     * The signature file stored with a manifest.
     *
     * @param hmac null if there was no secret
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SignatureRecord(String sha256, String hmac) {}

    private final byte[] secret;

    /** @param secret null if lost or unknown; then only hashes are checked */
    public ManifestSignature(byte[] secret) {
        this.secret = secret == null ? null : secret.clone();
    }

    byte[] sign(byte[] manifest) throws IOException {
        return BackupJson.write(new SignatureRecord(HashingOutputStream.sha256(manifest), hmac(manifest)));
    }

    /**
     * @param mark content of the signature file; null if missing
     * @throws BackupException if the manifest does not match its signature
     */
    void requireValid(byte[] manifest, byte[] mark) throws BackupException {
        if (mark == null) {
            throw tampered("its signature is missing");
        }
        SignatureRecord written;
        try {
            written = BackupJson.read(mark, SignatureRecord.class);
        } catch (IOException e) {
            throw tampered("its signature is not readable");
        }
        if (!HashingOutputStream.sha256(manifest).equals(written.sha256())) {
            throw tampered("it has been modified");
        }
        if (secret != null && (written.hmac() == null || !equal(hmac(manifest), written.hmac()))) {
            throw tampered("it was not signed with this service's secret");
        }
    }

    private static boolean equal(String expected, String found) {
        return MessageDigest.isEqual(
                expected.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                found.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static BackupException tampered(String what) {
        return new BackupException(
                BackupErrorClass.TAMPERED,
                "The manifest is not authentic: " + what + ".",
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
            throw new IllegalStateException("HmacSHA256 is not available", e);
        }
    }
}
