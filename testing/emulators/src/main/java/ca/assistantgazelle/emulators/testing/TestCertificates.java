package ca.assistantgazelle.emulators.testing;

import ca.assistantgazelle.emulators.CommandRunner;
import ca.assistantgazelle.emulators.EmulatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority for tests, made with the JDK's keytool. */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path authority;

    /** A server's certificate and its private key, both PEM. */
    public record ServerCertificate(Path certificate, String key) {}

    /** @param folder empty; receives the files */
    public TestCertificates(Path folder) {
        this.folder = folder;
        this.authority = folder.resolve("ca.pem");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-validity", "30", "-ext", "bc:c");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", authority.toString());
    }

    /** The PEM file with the authority's certificate. */
    public Path authority() {
        return authority;
    }

    /**
     * @param names subject alternative names, as in {@code dns:localhost,ip:127.0.0.1}
     * @param startDate first day of validity as an offset such as {@code -10d}; valid for five days
     */
    public ServerCertificate issue(String name, String names, String startDate) {
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name);
        var request = folder.resolve(name + ".csr");
        var certificate = folder.resolve(name + ".pem");
        keytool("-certreq", "-alias", name, "-file", request.toString());
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request.toString(),
                "-outfile",
                certificate.toString(),
                "-rfc",
                "-ext",
                "san=" + names,
                "-startdate",
                startDate,
                "-validity",
                "5");
        return new ServerCertificate(certificate, key(name));
    }

    private String key(String name) {
        try (var in = Files.newInputStream(folder.resolve("keys.p12"))) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            var encoded = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (IOException | GeneralSecurityException e) {
            throw new EmulatorException("Failed to read the key of " + name + ": " + e.getMessage());
        }
    }

    private void keytool(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", PASSWORD));
        if (arguments[0].equals("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        }
        var result = CommandRunner.run(command);
        if (!result.succeeded()) {
            throw new EmulatorException("keytool failed: " + result.output());
        }
    }
}
