package ca.assistantgazelle.destination;

/** Bytes that are collected until there are enough to be sent. */
public final class Chunk {
  private final byte[] bytes;
  private int filled;

  public Chunk(int size) {
    this.bytes = new byte[size];
  }

  /** Takes as many as fit; how many. */
  public int take(byte[] some, int offset, int length) {
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

  /** Of which {@link #filled} count; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** The first so many are sent; the others move to the front. */
  public void drop(int sent) {
    System.arraycopy(bytes, sent, bytes, 0, filled - sent);
    filled -= sent;
  }
}
