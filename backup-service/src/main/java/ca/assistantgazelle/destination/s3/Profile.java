package ca.assistantgazelle.destination.s3;

/** What a store understands of Amazon's protocol. */
public enum Profile {
  /** Amazon itself: checksums on the way, and "only when there is none" when an object appears. */
  AWS(true),
  /** Others: neither checksum headers nor conditions; we read back what we wrote. */
  COMPATIBLE(false);

  private final boolean conditional;

  Profile(boolean conditional) {
    this.conditional = conditional;
  }

  boolean isConditional() {
    return conditional;
  }
}
