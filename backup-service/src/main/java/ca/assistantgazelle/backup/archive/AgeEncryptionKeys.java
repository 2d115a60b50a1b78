package ca.assistantgazelle.backup.archive;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;

/** Age keys: public ones (recipients) encrypt an archive, private ones (identities) decrypt it. */
public final class AgeEncryptionKeys {
    private AgeEncryptionKeys() {}

    /**
     * @param file age public keys, one per line; # starts a comment
     * @return at least one
     */
    public static List<String> recipients(Path file) throws BackupException {
        var keys = readKeys(file, "BACKUP_RECIPIENTS_FILE");
        for (var key : keys) {
            recipientWriter(key);
        }
        return keys;
    }

    /** @param file age private keys, in the format of age-keygen */
    public static List<RecipientStanzaReader> identities(Path file) throws BackupException {
        var readers = new ArrayList<RecipientStanzaReader>();
        for (var key : readKeys(file, "BACKUP_IDENTITY_FILE")) {
            try {
                readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(key));
            } catch (GeneralSecurityException | RuntimeException e) {
                // Without the cause, which may quote the key.
                throw new BackupException(
                        BackupErrorClass.KEY_MISSING,
                        "The file named by BACKUP_IDENTITY_FILE contains an invalid age private key.",
                        "Its lines must start with AGE-SECRET-KEY-1; ./gazelle backup keygen creates such a file.");
            }
        }
        return readers;
    }

    static RecipientStanzaWriter recipientWriter(String recipient) throws BackupException {
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new BackupException(
                    BackupErrorClass.KEY_MISSING,
                    "The file named by BACKUP_RECIPIENTS_FILE contains an invalid age public key.",
                    "Put one age1… key on each line; ./gazelle backup keygen creates such a file.");
        }
    }

    /** Generates a key pair. */
    public static KeyPair generate() {
        try {
            return new X25519KeyPairGenerator().generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("X25519 is not available", e);
        }
    }

    /** The private key as written to an identity file. */
    public static String identity(KeyPair pair) {
        return new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII);
    }

    /** The public key as written to a recipients file. */
    public static String recipient(KeyPair pair) {
        return new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII);
    }

    private static List<String> readKeys(Path file, String variable) throws BackupException {
        List<String> keys;
        try {
            keys = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new BackupException(
                    BackupErrorClass.KEY_MISSING,
                    "The file named by " + variable + " is not readable.",
                    "Make sure that it exists and is readable by this service.",
                    e);
        }
        if (keys.isEmpty()) {
            throw new BackupException(
                    BackupErrorClass.KEY_MISSING,
                    "The file named by " + variable + " contains no key.",
                    "Add an age key to it.");
        }
        return keys;
    }
}
