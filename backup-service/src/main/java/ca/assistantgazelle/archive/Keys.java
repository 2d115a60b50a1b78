package ca.assistantgazelle.archive;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
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

/** Keys of age: public ones (recipients) close an archive, private ones (identities) open it. */
public final class Keys {
  private Keys() {}

  /**
   * @param file age public keys, one on each line; # begins a comment
   * @return at least one
   */
  public static List<String> recipients(Path file) throws BackupException {
    var keys = lines(file, "BACKUP_RECIPIENTS_FILE");
    for (var key : keys) {
      writer(key);
    }
    return keys;
  }

  /**
   * @param file age private keys, as age-keygen writes them
   */
  public static List<RecipientStanzaReader> identities(Path file) throws BackupException {
    var readers = new ArrayList<RecipientStanzaReader>();
    for (var key : lines(file, "BACKUP_IDENTITY_FILE")) {
      try {
        readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(key));
      } catch (GeneralSecurityException | RuntimeException e) {
        // The cause may quote the key.
        throw new BackupException(
            Cause.KEY_MISSING,
            "BACKUP_IDENTITY_FILE does not hold an age private key.",
            "Its lines begin with AGE-SECRET-KEY-1; ./gazelle backup keygen writes such a file.");
      }
    }
    return readers;
  }

  static RecipientStanzaWriter writer(String recipient) throws BackupException {
    try {
      return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new BackupException(
          Cause.KEY_MISSING,
          "BACKUP_RECIPIENTS_FILE does not hold age public keys.",
          "Put one age1… key on each line; ./gazelle backup keygen writes such a file.");
    }
  }

  /** A new pair: the private key in its encoding, the public one in its own. */
  public static KeyPair generate() {
    try {
      return new X25519KeyPairGenerator().generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has X25519", e);
    }
  }

  /** What stands in an identity file. */
  public static String identity(KeyPair pair) {
    return new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII);
  }

  /** What stands in a file of recipients. */
  public static String recipient(KeyPair pair) {
    return new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII);
  }

  private static List<String> lines(Path file, String variable) throws BackupException {
    List<String> keys;
    try {
      keys =
          Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList();
    } catch (IOException e) {
      throw new BackupException(
          Cause.KEY_MISSING,
          variable + " names a file that cannot be read.",
          "See that it exists and may be read by this service.",
          e);
    }
    if (keys.isEmpty()) {
      throw new BackupException(
          Cause.KEY_MISSING,
          variable + " names a file without any key.",
          "Put an age key into it.");
    }
    return keys;
  }
}
