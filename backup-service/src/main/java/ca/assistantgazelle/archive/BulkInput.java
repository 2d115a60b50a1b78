package ca.assistantgazelle.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that does its work where many bytes are read; one byte is a case of it. */
public abstract class BulkInput extends FilterInputStream {
  protected BulkInput(InputStream in) {
    super(in);
  }

  @Override
  public final int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] into, int offset, int length) throws IOException;
}
