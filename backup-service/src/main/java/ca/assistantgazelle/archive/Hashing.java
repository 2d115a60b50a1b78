package ca.assistantgazelle.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/** Counts what is written through it, and sums it: SHA-256 of all, CRC-32C of each part. */
public final class Hashing extends FilterOutputStream {
  /** Where a copy differs is told to this many bytes. */
  static final int PART = 8 << 20;

  /**
   * A stretch of the stream.
   *
   * @param n from 1
   * @param crc32c hexadecimal
   */
  public record Part(int n, long bytes, String crc32c) {}

  private final MessageDigest digest;
  private final CRC32C crc = new CRC32C();
  private final List<Part> parts = new ArrayList<>();
  private final AtomicLong bytes = new AtomicLong();
  private int inPart;

  public Hashing(OutputStream out) {
    super(out);
    this.digest = sha256Digest();
  }

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Hexadecimal. */
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(sha256Digest().digest(content));
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
      int now = Math.min(left, PART - inPart);
      crc.update(some, from, now);
      inPart += now;
      from += now;
      left -= now;
      if (inPart == PART) {
        endPart();
      }
    }
    bytes.addAndGet(length);
  }

  /** So far; may be asked by another thread. */
  public long bytes() {
    return bytes.get();
  }

  /** Hexadecimal; once, after everything was written. */
  public String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** After everything was written. */
  public List<Part> parts() {
    if (inPart > 0) {
      endPart();
    }
    return List.copyOf(parts);
  }

  private void endPart() {
    parts.add(new Part(parts.size() + 1, inPart, HexFormat.of().toHexDigits((int) crc.getValue())));
    crc.reset();
    inPart = 0;
  }
}
