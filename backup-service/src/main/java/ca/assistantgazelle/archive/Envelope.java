package ca.assistantgazelle.archive;

import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * How an archive is wrapped: zstd with a checksum of each frame, then age. By hand: {@code age -d
 * -i KEY archive.zst.age | zstd -dc}.
 */
public final class Envelope {
  /** As manifests name them. */
  public static final String COMPRESSION = "zstd:3";

  public static final String ENCRYPTION = "age-x25519";
  private static final int LEVEL = 3;

  private Envelope() {}

  /**
   * An envelope under way.
   *
   * @param stream what is written into it; only closing it writes the last chunk, without which
   *     nothing can be made of the archive
   * @param opener opens this one archive without any private key, as long as this process remembers
   */
  public record Sealing(OutputStream stream, RecipientStanzaReader opener) {}

  /**
   * @param recipients age public keys, not empty
   */
  public static Sealing seal(OutputStream out, List<String> recipients) throws IOException {
    var writers = new ArrayList<RecipientStanzaWriter>();
    for (var recipient : recipients) {
      writers.add(Keys.writer(recipient));
    }
    var opener = new OwnKey();
    writers.add(opener);
    try {
      var encrypted =
          new StandardEncryptingChannelFactory()
              .newEncryptingChannel(Channels.newChannel(out), writers);
      var compressed =
          new ZstdOutputStream(
              Channels.newOutputStream(encrypted), RecyclingBufferPool.INSTANCE, LEVEL);
      compressed.setChecksum(true);
      return new Sealing(compressed, opener);
    } catch (GeneralSecurityException e) {
      throw new BackupException(
          Cause.KEY_MISSING,
          "The recipients' keys cannot be used.",
          "Put one age1… key on each line of BACKUP_RECIPIENTS_FILE.",
          e);
    }
  }

  /**
   * @param openers any of them
   * @throws BackupException when none of them opens it
   */
  public static InputStream open(InputStream in, List<RecipientStanzaReader> openers)
      throws IOException {
    try {
      var decrypted =
          new StandardDecryptingChannelFactory()
              .newDecryptingChannel(Channels.newChannel(in), openers);
      return new ZstdInputStream(Channels.newInputStream(decrypted), RecyclingBufferPool.INSTANCE);
    } catch (GeneralSecurityException e) {
      throw new BackupException(
          Cause.KEY_IDENTITY,
          "None of the private keys opens this archive.",
          "Use the identity file whose public key is among the manifest's recipients.",
          e);
    }
  }

  /** Before anything is dumped: the private keys that are here open what the public ones close. */
  public static void requireMatch(List<String> recipients, List<RecipientStanzaReader> identities)
      throws IOException {
    var small = new ByteArrayOutputStream();
    try (var stream = seal(small, recipients).stream()) {
      stream.write(1);
    }
    try (var opened = open(new ByteArrayInputStream(small.toByteArray()), identities)) {
      if (opened.read() != 1) {
        throw new IOException("it does not hold what was put in");
      }
    } catch (IOException e) {
      throw BackupException.named(
          e,
          Cause.KEY_IDENTITY,
          "BACKUP_IDENTITY_FILE does not open what BACKUP_RECIPIENTS_FILE closes",
          "Put the identity's public key among the recipients.");
    }
  }

  // Adds nothing to the archive; only keeps the archive's own key, to read it back with.
  private static final class OwnKey implements RecipientStanzaWriter, RecipientStanzaReader {
    private FileKey key;

    @Override
    public Iterable<RecipientStanza> getRecipientStanzas(FileKey fileKey) {
      key = new FileKey(fileKey.getEncoded().clone());
      return List.of();
    }

    @Override
    public FileKey getFileKey(Iterable<RecipientStanza> stanzas) {
      return new FileKey(key.getEncoded().clone());
    }
  }
}
