package ca.assistantgazelle.worker.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.assistantgazelle.emulators.testing.TestEnvironmentResource;
import ca.assistantgazelle.emulators.testing.TestTopicClient;
import ca.assistantgazelle.runtime.outbox.ServiceIdentity;
import ca.assistantgazelle.runtime.sql.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event that the broker refuses holds up nobody. */
@QuarkusTest
@QuarkusTestResource(TestEnvironmentResource.class)
class OutboxRelayTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String TOPIC = "jobs.lifecycle.v1";

    @Inject
    Database database;

    @Inject
    ServiceIdentity service;

    @AfterEach
    void removeSetAside() {
        database.update("delete from automation.outbox where set_aside_at is not null");
    }

    @ParameterizedTest
    @CsvSource({"jobs.lifecycle.v1, 3000000, RecordTooLarge", "not a topic!, 1, InvalidTopic"})
    void anEventThatCanNeverBePublishedIsSetAside(String topic, int bytes, String reason) {
        var refused = insert(topic, UUID.randomUUID().toString(), bytes);
        var key = UUID.randomUUID().toString();
        insert(TOPIC, key, 1);
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        assertThat(TestTopicClient.readAll(TOPIC)).anyMatch(message -> key.equals(message.key())));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(database.first(
                                "select refusal from automation.outbox where id = $1 and set_aside_at is not null",
                                row -> row.getString(0),
                                refused))
                        .hasValueSatisfying(text -> assertThat(text).contains(reason)));
    }

    private long insert(String topic, String key, int bytes) {
        return database.first("""
                        insert into automation.outbox (source, topic, key, headers, payload)
                        values ($1, $2, $3, '{}', repeat('x', $4)) returning id
                        """, row -> row.getLong(0), service.name(), topic, key, bytes)
                .orElseThrow();
    }
}
