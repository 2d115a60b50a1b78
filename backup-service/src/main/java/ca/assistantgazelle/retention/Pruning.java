package ca.assistantgazelle.retention;

import ca.assistantgazelle.archive.Hashing;
import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.manifest.StoredBackup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries a plan out at one destination, and clears away what was never finished. */
public final class Pruning {
  /** Younger debris may be a backup under way. */
  private static final Duration DEBRIS_AGE = Duration.ofDays(2);

  private final Shelf shelf;
  private final RetentionPolicy policy;
  private final Instant now;

  public Pruning(Shelf shelf, RetentionPolicy policy, Instant now) {
    this.shelf = shelf;
    this.policy = policy;
    this.now = now;
  }

  public RetentionPlan plan(List<StoredBackup> backups) {
    return RetentionPlan.of(backups.stream().map(Pruning::candidate).toList(), policy, now);
  }

  private static Candidate candidate(StoredBackup backup) {
    return new Candidate(
        backup.id(),
        backup.takenAt(),
        backup.isGood(),
        backup.isVerified(),
        backup.pinned(),
        backup.leasedUntil());
  }

  /**
   * What was done.
   *
   * @param removed ids
   * @param pending ids that the destination would not let go, with its words; tried again every
   *     night
   */
  public record Pruned(List<String> removed, Map<String, String> pending) {}

  public Pruned apply(RetentionPlan plan, List<StoredBackup> backups) {
    var removed = new ArrayList<String>();
    var pending = new LinkedHashMap<String, String>();
    for (var backup : backups) {
      if (plan.remove().contains(backup.id())) {
        try {
          shelf.remove(backup);
          removed.add(backup.id());
        } catch (IOException e) {
          pending.put(backup.id(), e.getMessage());
        }
      }
    }
    return new Pruned(removed, pending);
  }

  /** How many unfinished folders and uploads were cleared away. */
  public int clear() throws IOException {
    int cleared = shelf.destination().forgetUnfinished(now.minus(DEBRIS_AGE));
    for (var debris : shelf.debris()) {
      if (!debris.quarantined() && debris.touched().isBefore(now.minus(DEBRIS_AGE))) {
        for (var key : debris.keys()) {
          shelf.destination().delete(key);
        }
        cleared++;
      }
    }
    return cleared;
  }

  /** Of a plan at this place: another place's equal plan has another. */
  public String hash(RetentionPlan plan) {
    return Hashing.sha256(
            (shelf.destination().name() + plan.hash()).getBytes(StandardCharsets.UTF_8))
        .substring(0, plan.hash().length());
  }

  /** For messages. */
  public Destination destination() {
    return shelf.destination();
  }
}
