package ca.assistantgazelle.runtime.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer s3cr3t-token-value",
                "x-gazelle-api-key: s3cr3t-token-value",
                "{\"access_token\":\"s3cr3t-token-value\"}",
                "GAZELLE_API_KEY=s3cr3t-token-value",
                "password=s3cr3t-token-value&x=1",
                "postgresql://gazelle:s3cr3t-token-value@db:5432/x"
            })
    void secretsAreRedacted(String text) {
        assertThat(SecretRedaction.redact(text)).doesNotContain("s3cr3t");
    }

    @Test
    void addressesPhoneNumbersAndServerDetailsAreRedacted() {
        assertThat(SecretRedaction.redact("écrit à alix.exemple@example.com hier"))
                .isEqualTo("écrit à [courriel] hier");
        assertThat(SecretRedaction.redact("appeler (514) 555-0199 demain")).isEqualTo("appeler [téléphone] demain");
        assertThat(SecretRedaction.redact("duplicate key DETAIL: Key (email)=(x)"))
                .isEqualTo("duplicate key [detail]");
    }

    @Test
    void ordinaryTextIsUnchanged() {
        var line = "clients: 4003 fetched, run 0198f3c2-7d1e-7c55-9a51-3f0f6a1b2c3d at 2026-03-09T10:00:00Z";
        assertThat(SecretRedaction.redact(line)).isEqualTo(line);
        assertThat(SecretRedaction.redact(null)).isNull();
    }
}
