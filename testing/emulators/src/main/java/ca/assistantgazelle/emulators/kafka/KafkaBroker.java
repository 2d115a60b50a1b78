package ca.assistantgazelle.emulators.kafka;

import ca.assistantgazelle.emulators.EmulatorException;
import ca.assistantgazelle.emulators.LoopbackPorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A single-node Kafka broker (KRaft), embedded in this JVM or, through {@link #main}, in a separate process. */
public final class KafkaBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;

    private KafkaBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * @param home holds the log, which survives restarts
     * @param port the client port on the loopback interface
     */
    public static KafkaBroker start(Path home, int port) {
        try {
            Files.createDirectories(home);
            var settings = settings(home, port, controllerPort(home));
            format(home, settings);
            var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
            server.startup();
            return new KafkaBroker(server, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs until the process is stopped. Arguments: folder, port. */
    public static void main(String[] args) {
        var broker = start(Path.of(args[0]), Integer.parseInt(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        broker.server.awaitShutdown();
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Properties settings(Path home, int port, int controllerPort) {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("log.dirs", home.resolve("log").toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }

    // The controller's port is part of the stored quorum, so it must not change between starts.
    private static int controllerPort(Path home) throws IOException {
        var file = home.resolve("controller-port");
        if (Files.exists(file)) {
            int known = Integer.parseInt(Files.readString(file).strip());
            if (!LoopbackPorts.isOpen(known)) {
                return known;
            }
        }
        int port = LoopbackPorts.findFree();
        Files.writeString(file, Integer.toString(port));
        return port;
    }

    private static void format(Path home, Properties settings) throws IOException {
        if (Files.exists(home.resolve("log/meta.properties"))) {
            return;
        }
        var file = home.resolve("server.properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        var said = new ByteArrayOutputStream();
        int exit;
        try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            exit = StorageTool.execute(
                    new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()}, out);
        }
        if (exit != 0) {
            throw new EmulatorException("Failed to format the Kafka folder: " + said.toString(StandardCharsets.UTF_8));
        }
    }
}
