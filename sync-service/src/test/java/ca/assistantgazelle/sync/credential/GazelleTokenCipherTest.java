package ca.assistantgazelle.sync.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GazelleTokenCipherTest {
    private final GazelleTokenCipher seal = new GazelleTokenCipher("client secret");

    @Test
    void encryptedTokensAreUnreadableAndDecryptWithTheSameSecret() {
        var sealed = seal.encrypt("a-token");
        assertThat(sealed.toString(StandardCharsets.ISO_8859_1)).doesNotContain("token");
        assertThat(seal.encrypt("a-token")).isNotEqualTo(sealed);
        assertThat(new GazelleTokenCipher("client secret").decrypt(sealed)).isEqualTo("a-token");
    }

    @Test
    void decryptionFailsWithAnotherSecretOrModifiedData() {
        var sealed = seal.encrypt("a-token");
        assertThatThrownBy(() -> new GazelleTokenCipher("other").decrypt(sealed))
                .isInstanceOf(IllegalStateException.class);
        sealed.setByte(15, (byte) (sealed.getByte(15) ^ 1));
        assertThatThrownBy(() -> seal.decrypt(sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal.decrypt(sealed.slice(0, 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nullStaysNull() {
        assertThat(seal.encrypt(null)).isNull();
        assertThat(seal.decrypt(null)).isNull();
    }
}
