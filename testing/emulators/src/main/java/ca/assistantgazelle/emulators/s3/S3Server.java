package ca.assistantgazelle.emulators.s3;

import ca.assistantgazelle.emulators.EmulatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3-compatible server over a folder, with one bucket: signatures, multipart uploads and conditional requests as in
 * Amazon S3. Each object is a file named after its key, so that a test can damage it.
 */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "sauvegardes";

    /** Silences the library. A strong reference, as the log manager keeps only a weak one. */
    private static final Logger LOG = Logger.getLogger("org.gaul");

    private final S3Proxy proxy;
    private final Path folder;

    private S3Server(S3Proxy proxy, Path folder) {
        this.proxy = proxy;
        this.folder = folder;
    }

    /**
     * @param folder holds one folder per bucket; created if missing
     * @param port on the loopback interface; 0 = any
     */
    public static S3Server start(Path folder, int port, String accessKey, String secretKey) {
        try {
            LOG.setLevel(Level.WARNING);
            Files.createDirectories(folder.resolve(BUCKET));
            var proxy = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                    .build();
            proxy.start();
            return new S3Server(proxy, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new EmulatorException("S3 server failed to start on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The value for AWS_ENDPOINT_URL_S3. */
    public String url() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /** The file behind an object. */
    public Path file(String key) {
        return folder.resolve(BUCKET).resolve(key);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new EmulatorException("S3 server failed to stop: " + e.getMessage(), e);
        }
    }
}
