package ca.assistantgazelle.backup.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Base class of filter streams that implement only the bulk read. */
public abstract class BulkInputStream extends FilterInputStream {
    protected BulkInputStream(InputStream in) {
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
