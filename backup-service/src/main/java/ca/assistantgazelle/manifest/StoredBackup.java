package ca.assistantgazelle.manifest;

import java.time.Instant;
import java.util.Objects;

/**
 * A backup as it was found at a destination.
 *
 * @param takenAt the snapshot's instant
 * @param manifest null when it cannot be read or trusted
 * @param problem null when it is good
 * @param level the best check that it passed: {@code L2} or {@code L3}
 * @param verifiedAt the latest check that it passed; null = none
 * @param rehearsedAt its latest restore into a scratch database that passed; null = none
 * @param rehearsalSeconds how long that took; null = none
 * @param leasedUntil somebody restores or verifies it; null = nobody
 */
public record StoredBackup(
    String id,
    String folder,
    Instant takenAt,
    Manifest manifest,
    State state,
    String problem,
    String level,
    Instant verifiedAt,
    Instant rehearsedAt,
    Long rehearsalSeconds,
    boolean pinned,
    Instant leasedUntil) {

  /** What it is worth. */
  public enum State {
    GOOD,
    /** The archive is gone, or has another size. */
    MISSING,
    /** The manifest is not as it was written. */
    TAMPERED,
    /** It did not pass a later check. */
    QUARANTINED,
    /** Written by something newer. */
    UNREADABLE
  }

  /** Whose backup it is: the database's name, as a folder. */
  public String database() {
    return folder.substring(0, folder.indexOf('/'));
  }

  /** Fit to be restored. */
  public boolean isGood() {
    return state == State.GOOD;
  }

  /** Good, and read back whole at least once. */
  public boolean isVerified() {
    return isGood() && verifiedAt != null;
  }

  /** As lists and the database name it: VERIFIED, STORED, or what is wrong. */
  public String worth() {
    return isVerified() ? "VERIFIED" : isGood() ? "STORED" : state.name();
  }

  /** Puts together what lies in a folder. */
  static final class Builder {
    private final String id;
    private final String folder;
    private Instant takenAt;
    private Manifest manifest;
    private State state = State.GOOD;
    private String problem;
    private String level;
    private Instant verifiedAt;
    private Instant rehearsedAt;
    private Long rehearsalSeconds;
    private boolean pinned;
    private Instant leasedUntil;

    Builder(String id, String folder, Instant takenAt) {
      this.id = id;
      this.folder = folder;
      this.takenAt = takenAt;
    }

    /**
     * @param archive null when it is not there
     */
    void manifest(Manifest read, ca.assistantgazelle.destination.Destination.StoredObject archive) {
      manifest = read;
      if (!Manifest.FORMAT.equals(read.format())) {
        broken(State.UNREADABLE, "format " + read.format() + " is not known here");
      } else if (!read.folder().equals(folder)) {
        broken(State.TAMPERED, "its manifest belongs to " + read.id());
      } else if (archive == null) {
        broken(State.MISSING, "the archive is not there");
      } else if (archive.bytes() != read.archive().storedBytes()) {
        broken(
            State.MISSING,
            "the archive has "
                + archive.bytes()
                + " bytes instead of "
                + read.archive().storedBytes());
      }
      if (state == State.GOOD) {
        // The id knows it to the second only.
        takenAt = read.snapshot().takenAt();
      }
      if (read.verification() != null) {
        checked(read.verification().level(), true, read.verification().at(), null);
      }
    }

    void broken(State worse, String why) {
      if (state == State.GOOD) {
        state = worse;
        problem = why;
      }
    }

    void checked(String checkedLevel, boolean passed, Instant at, Long seconds) {
      if (!passed) {
        return;
      }
      if (level == null || checkedLevel.compareTo(level) > 0) {
        level = checkedLevel;
      }
      if (verifiedAt == null || at.isAfter(verifiedAt)) {
        verifiedAt = at;
      }
      if (seconds != null && (rehearsedAt == null || at.isAfter(rehearsedAt))) {
        rehearsedAt = at;
        rehearsalSeconds = seconds;
      }
    }

    void leased(Instant until) {
      Objects.requireNonNull(until, "a lease ends some time");
      if (leasedUntil == null || until.isAfter(leasedUntil)) {
        leasedUntil = until;
      }
    }

    void pinned() {
      pinned = true;
    }

    StoredBackup build() {
      return new StoredBackup(
          id,
          folder,
          takenAt,
          manifest,
          state,
          problem,
          level,
          verifiedAt,
          rehearsedAt,
          rehearsalSeconds,
          pinned,
          leasedUntil);
    }
  }
}
