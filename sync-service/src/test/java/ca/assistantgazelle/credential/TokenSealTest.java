package ca.assistantgazelle.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TokenSealTest {
  private final TokenSeal seal = new TokenSeal("client secret");

  @Test
  void whatIsSealedIsUnreadableAndComesBackUnderTheSameSecret() {
    var sealed = seal.seal("a-token");
    assertThat(sealed.toString(StandardCharsets.ISO_8859_1)).doesNotContain("token");
    assertThat(seal.seal("a-token")).isNotEqualTo(sealed);
    assertThat(new TokenSeal("client secret").open(sealed)).isEqualTo("a-token");
  }

  @Test
  void underAnotherSecretOrChangedItDoesNotOpen() {
    var sealed = seal.seal("a-token");
    assertThatThrownBy(() -> new TokenSeal("other").open(sealed))
        .isInstanceOf(IllegalStateException.class);
    sealed.setByte(15, (byte) (sealed.getByte(15) ^ 1));
    assertThatThrownBy(() -> seal.open(sealed)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> seal.open(sealed.slice(0, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(seal.seal(null)).isNull();
    assertThat(seal.open(null)).isNull();
  }
}
