package ca.assistantgazelle.backup.archive;

import ca.assistantgazelle.contract.digest.ContentDigests;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/** Counts and hashes the bytes written through it: SHA-256 in total, CRC-32C per part. */
public final class HashingOutputStream extends FilterOutputStream {
    /** Size of a part; damage is located with this precision. */
    static final int PART_BYTES = 8 << 20;

    /**
     * A part of the stream.
     *
     * @param n number of the part, from 1
     * @param crc32c hexadecimal
     */
    public record HashedPart(int n, long bytes, String crc32c) {}

    private final MessageDigest digest;
    private final CRC32C crc = new CRC32C();
    private final List<HashedPart> parts = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private int bytesInPart;

    public HashingOutputStream(OutputStream out) {
        super(out);
        this.digest = ContentDigests.sha256();
    }

    /** Hexadecimal. */
    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(ContentDigests.sha256().digest(content));
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
        out.write(some, offset, length);
        digest.update(some, offset, length);
        int from = offset;
        for (int left = length; left > 0; ) {
            int now = Math.min(left, PART_BYTES - bytesInPart);
            crc.update(some, from, now);
            bytesInPart += now;
            from += now;
            left -= now;
            if (bytesInPart == PART_BYTES) {
                endPart();
            }
        }
        bytes.addAndGet(length);
    }

    /** Number of bytes so far; may be called from another thread. */
    public long bytes() {
        return bytes.get();
    }

    /** Hexadecimal; call it once, after everything is written. */
    public String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Call it after everything is written. */
    public List<HashedPart> parts() {
        if (bytesInPart > 0) {
            endPart();
        }
        return List.copyOf(parts);
    }

    private void endPart() {
        parts.add(new HashedPart(parts.size() + 1, bytesInPart, HexFormat.of().toHexDigits((int) crc.getValue())));
        crc.reset();
        bytesInPart = 0;
    }
}
