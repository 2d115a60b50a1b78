package ca.assistantgazelle.backup.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/** Reads and writes the JSON files stored with an archive. */
public final class BackupJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private BackupJson() {}

    public static byte[] write(Object value) throws IOException {
        return JSON.writeValueAsBytes(value);
    }

    /** @throws IOException if it cannot be parsed as that type */
    public static <T> T read(byte[] bytes, Class<T> kind) throws IOException {
        return JSON.readValue(bytes, kind);
    }
}
