package ca.assistantgazelle.verification;

import ca.assistantgazelle.archive.Hashing;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Sums what is read through it. */
final class HashingInput extends FilterInputStream {
  private final Hashing hashing = new Hashing(OutputStream.nullOutputStream());

  HashingInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    if (count > 0) {
      hashing.write(into, offset, count);
    }
    return count;
  }

  Hashing hashing() {
    return hashing;
  }
}
