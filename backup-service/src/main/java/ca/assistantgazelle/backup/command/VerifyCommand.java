package ca.assistantgazelle.backup.command;

import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import ca.assistantgazelle.backup.manifest.StoredBackupState;
import ca.assistantgazelle.backup.postgresql.PostgresClientTool;
import ca.assistantgazelle.backup.verification.ArchiveReadBack;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies L1 and L2 again: reads and decrypts every byte and counts the rows. */
@Command(
        name = "verify",
        description = "Reads backups at every destination, decrypts them and counts their rows.",
        mixinStandardHelpOptions = true)
final class VerifyCommand extends DestinationCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "BACKUP",
            defaultValue = "latest",
            description = "an id, latest (default), latest-verified, before:INSTANT or all")
    private String which;

    @Option(
            names = "--record",
            description = "stores the result with the backup; one that fails no longer counts as a backup")
    private boolean record;

    /** One result of the JSON output. */
    record VerificationVerdict(String id, String destination, boolean passed, String cause, String message) {}

    @Override
    BackupExitCode run(DestinationOptions where) throws Exception {
        var identities = where.identities();
        var copies = where.copies();
        // An id also selects damaged backups, to show what is wrong with them.
        var wanted = which.equals("all")
                ? copies
                : copies.stream().anyMatch(copy -> copy.backup().id().equals(which))
                        ? copies.stream()
                                .filter(copy -> copy.backup().id().equals(which))
                                .toList()
                        : BackupSelector.select(copies, which);
        if (wanted.isEmpty()) {
            throw new BackupException(
                    BackupErrorClass.RESTORE_MISSING,
                    "No backup to verify.",
                    "Run ./gazelle backup list to see the backups.");
        }
        var verdicts = new ArrayList<VerificationVerdict>();
        for (var copy : wanted) {
            verdicts.add(verify(copy, identities));
        }
        printJson(verdicts);
        return verdicts.stream().allMatch(VerificationVerdict::passed)
                ? BackupExitCode.SUCCESS
                : BackupExitCode.ARCHIVE_UNUSABLE;
    }

    private static void requireComplete(BackupCopy copy, List<RecipientStanzaReader> identities, boolean quarantined)
            throws IOException, InterruptedException {
        var backup = copy.backup();
        if (!backup.isGood() && !(quarantined && backup.manifest() != null)) {
            throw new BackupException(
                    BackupErrorClass.TAMPERED, backup.state() + ": " + backup.problem(), "Use another backup.");
        }
        PostgresClientTool.pgRestoreFor(backup.manifest().tool().pgDump());
        var archive = backup.manifest().archive();
        var missing = new ArchiveReadBack(copy.repository().destination(), archive, identities)
                .verifyContents()
                .missing(backup.manifest().contents());
        if (!missing.isEmpty()) {
            throw new BackupException(
                    BackupErrorClass.VERIFY_CONTENT, String.join("; ", missing), "Use another backup.");
        }
    }

    private VerificationVerdict verify(BackupCopy copy, List<RecipientStanzaReader> identities)
            throws IOException, InterruptedException {
        var backup = copy.backup();
        var name = copy.repository().destination().name();
        printLine(backup.id() + " at " + name + ": reading …");
        try {
            boolean quarantined = backup.state() == StoredBackupState.QUARANTINED;
            requireComplete(copy, identities, quarantined);
            if (record) {
                copy.repository()
                        .recordVerification(
                                backup.folder(), "L2", Clock.systemUTC().instant(), null, List.of());
            }
            if (record && quarantined) {
                copy.repository().liftQuarantine(backup.folder());
                printLine("  quarantine removed: it counts as a backup again");
            }
            printLine("  complete: " + backup.manifest().totalRows() + " rows");
            return new VerificationVerdict(backup.id(), name, true, null, null);
        } catch (BackupException e) {
            if (record
                    && (e.errorClass() == BackupErrorClass.VERIFY_BYTES
                            || e.errorClass() == BackupErrorClass.VERIFY_CONTENT)) {
                copy.repository()
                        .quarantine(
                                backup.folder(),
                                e.getMessage(),
                                Clock.systemUTC().instant());
            }
            // With the wrong key, nothing is known about the copy.
            boolean checked = e.errorClass() != BackupErrorClass.KEY_IDENTITY;
            printLine((checked ? "  FAILED: " : "  NOT CHECKED: ")
                    + e.errorClass().label()
                    + ": "
                    + e.getMessage());
            return new VerificationVerdict(
                    backup.id(), name, false, e.errorClass().label(), e.getMessage());
        }
    }
}
