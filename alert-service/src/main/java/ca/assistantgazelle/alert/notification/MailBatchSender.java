package ca.assistantgazelle.alert.notification;

import ca.assistantgazelle.alert.mail.MailSendResult;
import ca.assistantgazelle.alert.mail.MailSender;
import ca.assistantgazelle.runtime.sql.DatabaseRetry;
import ca.assistantgazelle.runtime.sql.SqlQueries;
import ca.assistantgazelle.runtime.sql.UninterruptibleCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Sends mails a few at a time. They are marked as being sent before, and their results are recorded after. After a
 * crash in between, their delivery is uncertain.
 */
public final class MailBatchSender {
    private static final Logger LOG = Logger.getLogger(MailBatchSender.class);
    private static final MailSendResult NOT_TRIED =
            new MailSendResult.Refused("not tried: the mail server is not responding", true);

    private static final MailSendResult TOO_LATE =
            new MailSendResult.Refused("not sent: the run was no longer of use", false);

    private final NotificationStore store;
    private final NotificationOwner owner;
    private final MailSender mailSender;
    private final DatabaseRetry databaseRetry;
    private final Transactions transactions;
    private final Listener listener;
    private final BooleanSupplier tooLate;

    /** How the owner of the notifications writes. */
    public interface Transactions {
        <T> T run(Function<SqlQueries, T> work);
    }

    /** What the owner does with results. */
    public interface Listener {
        /** The result of a mail was recorded. */
        void onResult(PendingMail mail, MailSendResult result);

        /** A mail was not sent because another run has taken over its notifications. */
        void onTakenOver(PendingMail mail);

        /** The results of a few mails were reported. */
        void onProgress();
    }

    /** @param tooLate asked right before each mail; once it is true, no mail is sent any more */
    public MailBatchSender(
            NotificationStore store,
            NotificationOwner owner,
            MailSender mailSender,
            DatabaseRetry databaseRetry,
            Transactions transactions,
            Listener listener,
            BooleanSupplier tooLate) {
        this.store = store;
        this.owner = owner;
        this.mailSender = mailSender;
        this.databaseRetry = databaseRetry;
        this.transactions = transactions;
        this.listener = listener;
        this.tooLate = tooLate;
    }

    /**
     * Sends all mails, or stops when the mail server does not respond to any of a few.
     *
     * @throws InterruptedException if interrupted between two groups of mails
     */
    public void send(List<PendingMail> mails) throws InterruptedException {
        int step = mailSender.maxConcurrentSends();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int from = 0; from < mails.size(); from += step) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted between two groups of mails");
                }
                int to = Math.min(mails.size(), from + step);
                var results = sendGroup(threads, mails.subList(from, to));
                listener.onProgress();
                if (!results.isEmpty()
                        && results.stream().allMatch(result -> result instanceof MailSendResult.Unclear)) {
                    skipRest(mails.subList(to, mails.size()));
                    return;
                }
            }
        }
    }

    private void skipRest(List<PendingMail> mails) {
        record(mails, mails.stream().map(mail -> NOT_TRIED).toList());
        mails.forEach(mail -> listener.onResult(mail, NOT_TRIED));
    }

    private List<MailSendResult> sendGroup(ExecutorService threads, List<PendingMail> group) {
        var claimed = markSending(group);
        var results = sendAndRecord(threads, claimed);
        for (int i = 0; i < claimed.size(); i++) {
            listener.onResult(claimed.get(i), results.get(i));
        }
        return results;
    }

    private List<PendingMail> markSending(List<PendingMail> group) {
        var claimed = transactions.run(transaction -> {
            var marked = new ArrayList<PendingMail>();
            for (var mail : group) {
                if (mail.problem() != null
                        || store.markSending(
                                transaction,
                                owner,
                                mail.notifications(),
                                mail.mail().id())) {
                    marked.add(mail);
                }
            }
            return marked;
        });
        group.stream().filter(mail -> !claimed.contains(mail)).forEach(listener::onTakenOver);
        return claimed;
    }

    // Mails being sent are waited for and their results recorded, even when interrupted.
    private List<MailSendResult> sendAndRecord(ExecutorService threads, List<PendingMail> mails) {
        var sending =
                mails.stream().map(mail -> threads.submit(() -> sendOne(mail))).toList();
        return UninterruptibleCall.execute("sending mails", () -> {
            var results = sending.stream().map(MailBatchSender::resultOf).toList();
            record(mails, results);
            return results;
        });
    }

    // The results must not get lost during a short database outage.
    private void record(List<PendingMail> mails, List<MailSendResult> results) {
        databaseRetry.untilAvailable(
                "recording the results of mails",
                () -> transactions.run(transaction -> {
                    for (int i = 0; i < mails.size(); i++) {
                        store.recordResult(
                                transaction, owner, mails.get(i).notifications(), results.get(i), mailSender.mode());
                    }
                    return true;
                }));
    }

    private MailSendResult sendOne(PendingMail mail) {
        if (tooLate.getAsBoolean()) {
            return TOO_LATE;
        }
        return mail.problem() == null
                ? mailSender.send(mail.mail())
                : new MailSendResult.Refused(mail.problem(), false);
    }

    private static MailSendResult resultOf(Future<MailSendResult> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            LOG.error("Unexpected error while sending a mail", e.getCause());
            return new MailSendResult.Unclear(
                    "unexpected error: " + e.getCause().getClass().getSimpleName());
        } catch (InterruptedException e) {
            throw new IllegalStateException("unexpected interrupt", e);
        }
    }
}
