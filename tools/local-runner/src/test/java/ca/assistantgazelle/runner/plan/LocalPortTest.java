package ca.assistantgazelle.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPortTest {
    @Test
    void portsHaveDocumentedDefaultsUnlessOverridden() {
        assertThat(LocalPort.GATEWAY.resolve(Map.of())).isEqualTo(8000);
        assertThat(LocalPort.POSTGRESQL.resolve(Map.of("PORT_POSTGRESQL", "15433")))
                .isEqualTo(15433);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "http", "-1"})
    void anInvalidPortIsRefusedNamingTheVariable(String value) {
        assertThatThrownBy(() -> LocalPort.KAFKA.resolve(Map.of("PORT_KAFKA", value)))
                .hasMessageContaining("PORT_KAFKA")
                .hasMessageContaining(value);
    }
}
