package ca.assistantgazelle.backup.verification;

import ca.assistantgazelle.backup.archive.BulkInputStream;
import ca.assistantgazelle.backup.archive.HashingOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Computes hashes of the bytes read through it. */
final class HashingInputStream extends BulkInputStream {
    private final HashingOutputStream hashing = new HashingOutputStream(OutputStream.nullOutputStream());

    private IOException failure;

    HashingInputStream(InputStream in) {
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

    /** @throws IOException if an earlier read failed, so that the hash is not meaningful */
    void requireNoReadFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    HashingOutputStream hashing() {
        return hashing;
    }
}
