package ca.assistantgazelle.emulators.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ServerTest {
    @Test
    void rejectsUnsignedRequests(@TempDir Path folder) throws IOException, InterruptedException {
        try (var s3 = S3Server.start(folder, 0, "key", "secret");
                var http = HttpClient.newHttpClient()) {
            Files.writeString(s3.file("a.txt"), "hello");
            // S3Proxy serves world-readable files as public objects.
            Files.setPosixFilePermissions(s3.file("a.txt"), PosixFilePermissions.fromString("rw-------"));
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(s3.url() + "/" + S3Server.BUCKET + "/a.txt"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("AccessDenied");
        }
    }
}
