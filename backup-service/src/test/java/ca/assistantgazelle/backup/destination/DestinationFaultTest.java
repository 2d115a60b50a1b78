package ca.assistantgazelle.backup.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.assistantgazelle.backup.destination.s3.S3Profile;
import ca.assistantgazelle.backup.destination.s3.S3Settings;
import ca.assistantgazelle.backup.dump.BackupPipeline;
import ca.assistantgazelle.backup.dump.BackupSpec;
import ca.assistantgazelle.backup.dump.SampleDatabase;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.BackupRepository;
import ca.assistantgazelle.backup.postgresql.DatabaseAddress;
import ca.assistantgazelle.backup.postgresql.JdbcQueries;
import ca.assistantgazelle.emulators.s3.FaultyProxy;
import ca.assistantgazelle.emulators.s3.S3Server;
import ca.assistantgazelle.emulators.testing.TestEnvironment;
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

/** One destination fails in various ways; the other one receives the backup nevertheless. */
class DestinationFaultTest {
    /** Random data, which cannot be compressed: the archive has about 12 MB. */
    private static DatabaseAddress large;

    private final FaultyProxy proxy = FaultyProxy.to(TestEnvironment.get().s3().url());

    @TempDir
    Path folder;

    @BeforeAll
    static void createLargeDatabase() throws IOException, SQLException {
        try (var session = SampleDatabase.server().connect()) {
            JdbcQueries.execute(session, "drop database if exists large with (force)");
            JdbcQueries.execute(session, "create database large");
        }
        large = SampleDatabase.server().database("large");
        try (var session = large.connect()) {
            JdbcQueries.execute(
                    session,
                    "create table public.bruit as select n, gen_random_uuid() a, gen_random_uuid() b, gen_random_uuid() c from generate_series(1, 200000) n");
        }
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    private BackupException failureBeside(String prefix, S3Profile profile) throws Exception {
        try (var good = SampleDatabase.directory(folder);
                var bad = SampleDatabase.bucket(prefix, proxy.url(), profile)) {
            var outcome = SampleDatabase.runBackup(SampleDatabase.spec(large, good, bad));
            assertThat(outcome.published()).containsExactly(good);
            assertThat(new BackupRepository(good, SampleDatabase.SEAL).list())
                    .hasSize(1)
                    .allMatch(one -> one.isVerified());
            try (var direct = SampleDatabase.bucket(prefix)) {
                assertThat(new BackupRepository(direct, SampleDatabase.SEAL).list())
                        .isEmpty();
            }
            return outcome.failures().get(bad);
        }
    }

    @Test
    void aStalledDestinationIsAbandoned() throws Exception {
        proxy.stallAfter(7 << 20);
        assertThat(failureBeside("stalls", S3Profile.COMPATIBLE).errorClass()).isEqualTo(BackupErrorClass.STORE_STALL);
    }

    @Test
    void corruptionIsDetectedOnReadBackAndQuarantined() throws Exception {
        proxy.corruptResponseAfter(5 << 20);
        var failure = failureBeside("lies", S3Profile.COMPATIBLE);
        assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.VERIFY_BYTES);
        assertThat(failure).hasMessageContaining("first difference at or after byte");
        try (var direct = SampleDatabase.bucket("lies")) {
            assertThat(new BackupRepository(direct, SampleDatabase.SEAL).orphans())
                    .singleElement()
                    .matches(BackupRepository.OrphanedFolder::quarantined);
        }
    }

    @Test
    void aStallDuringReadBackDoesNotAffectOthers() throws Exception {
        proxy.stallResponseAfter(5 << 20);
        try (var good = SampleDatabase.directory(folder);
                var bad = new S3Settings(
                                URI.create(proxy.url()),
                                TestEnvironment.S3_ACCESS_KEY,
                                TestEnvironment.S3_SECRET_KEY,
                                "us-east-1",
                                null,
                                Duration.ofSeconds(2),
                                Duration.ofMillis(50))
                        .bucket(S3Server.BUCKET, "unread")) {
            var outcome = SampleDatabase.runBackup(SampleDatabase.spec(large, bad, good));
            assertThat(outcome.published()).containsExactly(good);
            assertThat(outcome.failures().get(bad).errorClass()).isEqualTo(BackupErrorClass.STORE_STALL);
            // A stall does not mean that the copy is damaged.
            try (var direct = SampleDatabase.bucket("unread")) {
                assertThat(new BackupRepository(direct, SampleDatabase.SEAL).orphans())
                        .singleElement()
                        .matches(one -> !one.quarantined());
            }
        }
    }

    @Test
    void rejectedCredentialsAreNotRetried() throws Exception {
        try (var good = SampleDatabase.directory(folder);
                var bad = new S3Settings(
                                URI.create(proxy.url()),
                                TestEnvironment.S3_ACCESS_KEY,
                                "wrong",
                                "us-east-1",
                                null,
                                Duration.ofSeconds(5),
                                Duration.ofMillis(50))
                        .bucket(S3Server.BUCKET, "refused")) {
            var failure = SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.source(), good, bad))
                    .failures()
                    .get(bad);
            assertThat(failure.errorClass()).as(failure.toString()).isEqualTo(BackupErrorClass.STORE_AUTH);
            assertThat(failure.getMessage() + failure.suggestion()).doesNotContain("wrong");
            assertThat(proxy.requestHeads()).hasSize(1);
        }
    }

    @Test
    void aMissingBucketIsReported() throws Exception {
        try (var good = SampleDatabase.directory(folder);
                var bad = new S3Settings(
                                URI.create(proxy.url()),
                                TestEnvironment.S3_ACCESS_KEY,
                                TestEnvironment.S3_SECRET_KEY,
                                "us-east-1",
                                null,
                                Duration.ofSeconds(5),
                                Duration.ofMillis(50))
                        .bucket("nulle-part", "")) {
            var failure = SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.source(), good, bad))
                    .failures()
                    .get(bad);
            assertThat(failure.errorClass()).as(failure.toString()).isEqualTo(BackupErrorClass.STORE_AUTH);
            assertThat(failure).hasMessageContaining("NoSuchBucket");
        }
    }

    @Test
    void transientFaultsAreRetried() throws Exception {
        proxy.rejectRequests("partNumber=2", 3);
        proxy.disconnectAfter(7 << 20);
        try (var destination = SampleDatabase.bucket("passes", proxy.url(), S3Profile.COMPATIBLE)) {
            assertThat(SampleDatabase.runBackup(SampleDatabase.spec(large, destination))
                            .failures())
                    .isEmpty();
        }
    }

    @Test
    void persistentFaultsAreTransientAndLeaveNothing() throws Exception {
        proxy.rejectRequests("partNumber=1", 1_000);
        assertThat(failureBeside("busy", S3Profile.COMPATIBLE).errorClass())
                .isEqualTo(BackupErrorClass.STORE_TRANSIENT);
        try (var direct = SampleDatabase.bucket("busy")) {
            assertThat(direct.list("")).isEmpty();
        }
    }

    @Test
    void aSlowDestinationSetsThePaceAndReceivesEverything() throws Exception {
        proxy.throttleTo(8 << 20);
        try (var good = SampleDatabase.directory(folder);
                var slow = SampleDatabase.bucket("slow", proxy.url(), S3Profile.COMPATIBLE)) {
            assertThat(SampleDatabase.runBackup(SampleDatabase.spec(large, slow, good))
                            .published())
                    .containsExactly(slow, good);
        }
    }

    @Test
    void compatibleStoresReceiveNoUnsupportedHeaders() throws Exception {
        try (var destination = SampleDatabase.bucket("headers", proxy.url(), S3Profile.COMPATIBLE)) {
            SampleDatabase.runBackup(SampleDatabase.spec(large, destination));
            new BackupRepository(destination, SampleDatabase.SEAL)
                    .remove(new BackupRepository(destination, SampleDatabase.SEAL)
                            .list()
                            .getFirst());
        }
        assertThat(proxy.requestHeads())
                .hasSizeGreaterThan(8)
                .noneMatch(
                        head -> head.toLowerCase(Locale.ROOT)
                                .matches(
                                        "(?s).*(x-amz-checksum|x-amz-sdk-checksum|aws-chunked|content-md5|x-amz-trailer|if-none-match).*"));
    }

    @Test
    void existingObjectsAreNotOverwritten() throws Exception {
        for (var profile : S3Profile.values()) {
            try (var destination = SampleDatabase.bucket(
                    "conflict-" + profile, TestEnvironment.get().s3().url(), profile)) {
                destination.put("k", new byte[] {1});
                var put = catchThrowableOfType(BackupException.class, () -> destination.put("k", new byte[] {2}));
                assertThat(put.errorClass()).isEqualTo(BackupErrorClass.STORE_CONFLICT);
                var begun = catchThrowableOfType(BackupException.class, () -> {
                    var upload = destination.beginUpload("k");
                    upload.write(new byte[] {3}, 0, 1);
                    upload.complete();
                });
                assertThat(begun.errorClass()).isEqualTo(BackupErrorClass.STORE_CONFLICT);
                try (var in = destination.read("k")) {
                    assertThat(in.readAllBytes()).containsExactly(1);
                }
            }
        }
        var directory = SampleDatabase.directory(folder);
        directory.put("k", new byte[] {1});
        assertThat(catchThrowableOfType(BackupException.class, () -> directory.put("k", new byte[] {2}))
                        .errorClass())
                .isEqualTo(BackupErrorClass.STORE_CONFLICT);
    }

    @Test
    void aFullDirectoryIsRefusedBeforeTheDump() throws Exception {
        try (var directory = SampleDatabase.directory(folder)) {
            var order = SampleDatabase.spec(SampleDatabase.source(), directory);
            var failure = catchThrowableOfType(
                    BackupException.class,
                    () -> SampleDatabase.runBackup(new BackupSpec(
                            order.source(),
                            "test",
                            "run",
                            "manual",
                            List.of(),
                            order.recipients(),
                            order.identities(),
                            order.destinations(),
                            Long.MAX_VALUE / 2,
                            order.stallTimeout(),
                            order.dumpTimeout())));
            assertThat(failure.errorClass()).isEqualTo(BackupErrorClass.STORE_SPACE);
            assertThat(directory.list("")).isEmpty();
        }
    }

    @Test
    void aFileAsDirectoryIsReportedAndTheOtherDestinationSucceeds() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "x");
        try (var good = SampleDatabase.directory(folder.resolve("good"));
                var bad = SampleDatabase.directory(file)) {
            BackupPipeline.BackupResult outcome =
                    SampleDatabase.runBackup(SampleDatabase.spec(SampleDatabase.source(), bad, good));
            assertThat(outcome.published()).containsExactly(good);
            assertThat(outcome.failures().get(bad).errorClass()).isEqualTo(BackupErrorClass.STORE_WRITE);
        }
    }

    @Test
    void oldUnfinishedUploadsAreAborted() throws Exception {
        try (var bucket = SampleDatabase.bucket("unfinished")) {
            bucket.beginUpload("a").write(new byte[6 << 20], 0, 6 << 20);
            assertThat(bucket.abortUnfinishedUploads(Instant.now().minusSeconds(60)))
                    .isZero();
            assertThat(bucket.abortUnfinishedUploads(Instant.now().plusSeconds(60)))
                    .isOne();
            assertThat(bucket.list("")).isEmpty();
        }
    }
}
