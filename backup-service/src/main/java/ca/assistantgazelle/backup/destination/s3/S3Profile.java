package ca.assistantgazelle.backup.destination.s3;

/** Features of the S3 protocol that a store supports. */
public enum S3Profile {
    /** Amazon S3: checksums and conditional writes. */
    AWS(true),
    /** Other stores: neither checksum headers nor conditional writes. */
    COMPATIBLE(false);

    private final boolean conditional;

    S3Profile(boolean conditional) {
        this.conditional = conditional;
    }

    boolean isConditional() {
        return conditional;
    }
}
