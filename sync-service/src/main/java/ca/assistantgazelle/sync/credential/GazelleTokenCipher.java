package ca.assistantgazelle.sync.credential;

import ca.assistantgazelle.contract.digest.ContentDigests;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Encrypts tokens for storage: AES-256-GCM with a key derived from the client secret by HKDF. The output is a 12-byte
 * nonce followed by the ciphertext.
 */
final class GazelleTokenCipher {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;

    GazelleTokenCipher(String clientSecret) {
        try {
            this.key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES",
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(clientSecret.getBytes(StandardCharsets.UTF_8))
                                    .thenExpand("gazelle token".getBytes(StandardCharsets.UTF_8), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is not available", e);
        }
    }

    /** Null stays null. */
    Buffer encrypt(String token) {
        if (token == null) {
            return null;
        }
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var sealed = crypt(Cipher.ENCRYPT_MODE, nonce, token.getBytes(StandardCharsets.UTF_8));
        var whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return Buffer.buffer(whole);
    }

    /**
     * Null stays null.
     *
     * @throws IllegalStateException if it was encrypted under another client secret, or is damaged
     */
    String decrypt(Buffer sealed) {
        if (sealed == null) {
            return null;
        }
        if (sealed.length() < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new IllegalStateException("The encrypted token is too short");
        }
        var nonce = sealed.getBytes(0, NONCE_BYTES);
        var token = crypt(Cipher.DECRYPT_MODE, nonce, sealed.getBytes(NONCE_BYTES, sealed.length()));
        return new String(token, StandardCharsets.UTF_8);
    }

    /** Identifies a refresh token without storing it. */
    static Buffer hash(String token) {
        return Buffer.buffer(ContentDigests.sha256(token));
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed: other client secret, or damaged data", e);
        }
    }
}
