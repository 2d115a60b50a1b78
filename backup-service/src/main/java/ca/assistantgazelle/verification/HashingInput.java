package ca.assistantgazelle.verification;

import ca.assistantgazelle.archive.BulkInput;
import ca.assistantgazelle.archive.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Sums what is read through it. */
final class HashingInput extends BulkInput {
  private final Hashing hashing = new Hashing(OutputStream.nullOutputStream());

  private IOException failure;

  HashingInput(InputStream in) {
    super(in);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int count = in.read(into, offset, length);
      if (count > 0) {
        hashing.write(into, offset, count);
      }
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * @throws IOException when reading failed before: what was read since says nothing
   */
  void requireRead() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  Hashing hashing() {
    return hashing;
  }
}
