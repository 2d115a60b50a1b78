package ca.assistantgazelle.backup.destination;

/** Buffer that collects bytes until there are enough to send. */
public final class UploadChunk {
    private final byte[] bytes;
    private int filled;

    public UploadChunk(int size) {
        this.bytes = new byte[size];
    }

    /** Appends as many bytes as fit; returns how many. */
    public int append(byte[] some, int offset, int length) {
        int taken = Math.min(length, bytes.length - filled);
        System.arraycopy(some, offset, bytes, filled, taken);
        filled += taken;
        return taken;
    }

    public boolean isFull() {
        return filled == bytes.length;
    }

    public int filled() {
        return filled;
    }

    /** The buffer, of which the first {@link #filled} bytes are valid; must not be modified. */
    public byte[] bytes() {
        return bytes;
    }

    /** Discards the first bytes and moves the rest to the front. */
    public void discardFirst(int sent) {
        System.arraycopy(bytes, sent, bytes, 0, filled - sent);
        filled -= sent;
    }
}
