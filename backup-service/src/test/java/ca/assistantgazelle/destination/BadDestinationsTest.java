package ca.assistantgazelle.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.destination.s3.Profile;
import ca.assistantgazelle.destination.s3.S3Settings;
import ca.assistantgazelle.dump.Backup;
import ca.assistantgazelle.dump.Order;
import ca.assistantgazelle.dump.Zoo;
import ca.assistantgazelle.emulators.s3.FaultyProxy;
import ca.assistantgazelle.emulators.s3.S3Server;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import ca.assistantgazelle.manifest.Shelf;
import ca.assistantgazelle.postgresql.Rows;
import ca.assistantgazelle.postgresql.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One destination fails in each way it can; the other one has the backup nevertheless. */
class BadDestinationsTest {
  /** Random, so that nothing of it is compressed away: about 12 MB on the way. */
  private static Source large;

  private final FaultyProxy line = FaultyProxy.to(TestEnvironment.get().s3().url());
  @TempDir Path folder;

  @BeforeAll
  static void aLargeDatabase() throws IOException, SQLException {
    try (var session = Zoo.server().connect()) {
      Rows.execute(session, "drop database if exists large with (force)");
      Rows.execute(session, "create database large");
    }
    large = Zoo.server().database("large");
    try (var session = large.connect()) {
      Rows.execute(
          session,
          "create table public.bruit as select n, gen_random_uuid() a, gen_random_uuid() b, gen_random_uuid() c from generate_series(1, 200000) n");
    }
  }

  @AfterEach
  void hangUp() {
    line.close();
  }

  private BackupException failureBeside(String prefix, Profile profile) throws Exception {
    try (var good = Zoo.directory(folder);
        var bad = Zoo.bucket(prefix, line.url(), profile)) {
      var outcome = Zoo.back(Zoo.order(large, good, bad));
      assertThat(outcome.published()).containsExactly(good);
      assertThat(new Shelf(good, Zoo.SEAL).list()).hasSize(1).allMatch(one -> one.isVerified());
      try (var direct = Zoo.bucket(prefix)) {
        assertThat(new Shelf(direct, Zoo.SEAL).list()).isEmpty();
      }
      return outcome.failures().get(bad);
    }
  }

  @Test
  void oneThatStopsTakingIsGivenUp() throws Exception {
    line.stallAfter(7 << 20);
    assertThat(failureBeside("stalls", Profile.COMPATIBLE).why()).isEqualTo(Cause.STORE_STALL);
  }

  @Test
  void oneThatLiesWhenItIsReadBackIsFoundOutAndQuarantined() throws Exception {
    line.corruptResponseAfter(5 << 20);
    var failure = failureBeside("lies", Profile.COMPATIBLE);
    assertThat(failure.why()).isEqualTo(Cause.VERIFY_BYTES);
    assertThat(failure).hasMessageContaining("different from byte");
    try (var direct = Zoo.bucket("lies")) {
      assertThat(new Shelf(direct, Zoo.SEAL).debris())
          .singleElement()
          .matches(Shelf.Debris::quarantined);
    }
  }

  @Test
  void oneThatStopsWhileItIsReadBackCostsTheOthersNothing() throws Exception {
    line.stallResponseAfter(5 << 20);
    try (var good = Zoo.directory(folder);
        var bad =
            new S3Settings(
                    URI.create(line.url()),
                    TestEnvironment.S3_ACCESS_KEY,
                    TestEnvironment.S3_SECRET_KEY,
                    "us-east-1",
                    null,
                    Duration.ofSeconds(2),
                    Duration.ofMillis(50))
                .bucket(S3Server.BUCKET, "unread")) {
      var outcome = Zoo.back(Zoo.order(large, bad, good));
      assertThat(outcome.published()).containsExactly(good);
      assertThat(outcome.failures().get(bad).why()).isEqualTo(Cause.STORE_STALL);
      // It says nothing about the copy.
      try (var direct = Zoo.bucket("unread")) {
        assertThat(new Shelf(direct, Zoo.SEAL).debris())
            .singleElement()
            .matches(one -> !one.quarantined());
      }
    }
  }

  @Test
  void oneThatRefusesOurKeyIsNotAskedTwice() throws Exception {
    try (var good = Zoo.directory(folder);
        var bad =
            new S3Settings(
                    URI.create(line.url()),
                    TestEnvironment.S3_ACCESS_KEY,
                    "wrong",
                    "us-east-1",
                    null,
                    Duration.ofSeconds(5),
                    Duration.ofMillis(50))
                .bucket(S3Server.BUCKET, "refused")) {
      var failure = Zoo.back(Zoo.order(Zoo.source(), good, bad)).failures().get(bad);
      assertThat(failure.why()).as(failure.toString()).isEqualTo(Cause.STORE_AUTH);
      assertThat(failure.getMessage() + failure.suggestion()).doesNotContain("wrong");
      assertThat(line.requestHeads()).hasSize(1);
    }
  }

  @Test
  void aBucketThatIsNotThereIsNamed() throws Exception {
    try (var good = Zoo.directory(folder);
        var bad =
            new S3Settings(
                    URI.create(line.url()),
                    TestEnvironment.S3_ACCESS_KEY,
                    TestEnvironment.S3_SECRET_KEY,
                    "us-east-1",
                    null,
                    Duration.ofSeconds(5),
                    Duration.ofMillis(50))
                .bucket("nulle-part", "")) {
      var failure = Zoo.back(Zoo.order(Zoo.source(), good, bad)).failures().get(bad);
      assertThat(failure.why()).as(failure.toString()).isEqualTo(Cause.STORE_AUTH);
      assertThat(failure).hasMessageContaining("NoSuchBucket");
    }
  }

  @Test
  void whatPassesIsRiddenOut() throws Exception {
    line.rejectRequests("partNumber=2", 3);
    line.disconnectAfter(7 << 20);
    try (var destination = Zoo.bucket("passes", line.url(), Profile.COMPATIBLE)) {
      assertThat(Zoo.back(Zoo.order(large, destination)).failures()).isEmpty();
    }
  }

  @Test
  void oneThatKeepsRefusingIsTransientAndLeavesNothing() throws Exception {
    line.rejectRequests("partNumber=1", 1_000);
    assertThat(failureBeside("busy", Profile.COMPATIBLE).why()).isEqualTo(Cause.STORE_TRANSIENT);
    try (var direct = Zoo.bucket("busy")) {
      assertThat(direct.list("")).isEmpty();
    }
  }

  @Test
  void aSlowOneSetsThePaceAndGetsAll() throws Exception {
    line.throttleTo(8 << 20);
    try (var good = Zoo.directory(folder);
        var slow = Zoo.bucket("slow", line.url(), Profile.COMPATIBLE)) {
      assertThat(Zoo.back(Zoo.order(large, slow, good)).published()).containsExactly(slow, good);
    }
  }

  @Test
  void compatibleStoresGetNoHeaderThatTheyDoNotKnow() throws Exception {
    try (var destination = Zoo.bucket("headers", line.url(), Profile.COMPATIBLE)) {
      Zoo.back(Zoo.order(large, destination));
      new Shelf(destination, Zoo.SEAL).remove(new Shelf(destination, Zoo.SEAL).list().getFirst());
    }
    assertThat(line.requestHeads())
        .hasSizeGreaterThan(8)
        .noneMatch(
            head ->
                head.toLowerCase(Locale.ROOT)
                    .matches(
                        "(?s).*(x-amz-checksum|x-amz-sdk-checksum|aws-chunked|content-md5|x-amz-trailer|if-none-match).*"));
  }

  @Test
  void nothingOverwritesWhatIsThere() throws Exception {
    for (var profile : Profile.values()) {
      try (var destination =
          Zoo.bucket("conflict-" + profile, TestEnvironment.get().s3().url(), profile)) {
        destination.put("k", new byte[] {1});
        var put =
            catchThrowableOfType(BackupException.class, () -> destination.put("k", new byte[] {2}));
        assertThat(put.why()).isEqualTo(Cause.STORE_CONFLICT);
        var begun =
            catchThrowableOfType(
                BackupException.class,
                () -> {
                  var upload = destination.begin("k");
                  upload.write(new byte[] {3}, 0, 1);
                  upload.complete();
                });
        assertThat(begun.why()).isEqualTo(Cause.STORE_CONFLICT);
        try (var in = destination.read("k")) {
          assertThat(in.readAllBytes()).containsExactly(1);
        }
      }
    }
    var directory = Zoo.directory(folder);
    directory.put("k", new byte[] {1});
    assertThat(
            catchThrowableOfType(BackupException.class, () -> directory.put("k", new byte[] {2}))
                .why())
        .isEqualTo(Cause.STORE_CONFLICT);
  }

  @Test
  void aDirectoryWithoutRoomIsRefusedBeforeTheDump() throws Exception {
    try (var directory = Zoo.directory(folder)) {
      var order = Zoo.order(Zoo.source(), directory);
      var failure =
          catchThrowableOfType(
              BackupException.class,
              () ->
                  Zoo.back(
                      new Order(
                          order.source(),
                          "test",
                          "run",
                          "manual",
                          List.of(),
                          order.recipients(),
                          order.identities(),
                          order.destinations(),
                          Long.MAX_VALUE / 2,
                          order.stall(),
                          order.patience())));
      assertThat(failure.why()).isEqualTo(Cause.STORE_SPACE);
      assertThat(directory.list("")).isEmpty();
    }
  }

  @Test
  void aDirectoryThatIsAFileIsNamedAndTheOtherOneHasTheBackup() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "x");
    try (var good = Zoo.directory(folder.resolve("good"));
        var bad = Zoo.directory(file)) {
      Backup.Outcome outcome = Zoo.back(Zoo.order(Zoo.source(), bad, good));
      assertThat(outcome.published()).containsExactly(good);
      assertThat(outcome.failures().get(bad).why()).isEqualTo(Cause.STORE_WRITE);
    }
  }

  @Test
  void whatWasNeverFinishedIsForgottenWhenItIsOld() throws Exception {
    try (var bucket = Zoo.bucket("unfinished")) {
      bucket.begin("a").write(new byte[6 << 20], 0, 6 << 20);
      assertThat(bucket.forgetUnfinished(Instant.now().minusSeconds(60))).isZero();
      assertThat(bucket.forgetUnfinished(Instant.now().plusSeconds(60))).isOne();
      assertThat(bucket.list("")).isEmpty();
    }
  }
}
