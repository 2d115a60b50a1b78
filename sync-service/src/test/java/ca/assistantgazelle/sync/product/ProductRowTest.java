package ca.assistantgazelle.sync.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ProductRowTest {
    @Test
    void centsBecomeDollarsAndFrenchIsPreferred() throws Exception {
        var row = row(
                "{\"id\": \"mit_1\", \"name\": {\"en_US\": \"Tuning\", \"fr_CA\": \"Accord\"}, \"description\": {\"en_US\": \"Full\"}, \"amount\": 19501, \"isArchived\": false, \"masterServiceGroup\": {\"name\": {\"fr_CA\": \"Entretien\"}}}");
        assertThat(row)
                .isEqualTo(new ProductRow("mit_1", "Accord", "Entretien", "Full", new BigDecimal("195.01"), true));
    }

    @Test
    void missingFieldsMapToNamelessWithoutPrice() throws Exception {
        assertThat(row("{\"id\": \"mit_1\", \"name\": {}, \"amount\": null, \"isArchived\": true}"))
                .isEqualTo(new ProductRow("mit_1", "(sans nom)", null, null, null, false));
    }

    private static ProductRow row(String json) throws JsonProcessingException {
        return ProductRow.of(new ObjectMapper().readTree(json));
    }
}
