package ca.assistantgazelle.alert.mail.smtp;

import ca.assistantgazelle.alert.mail.MailSendResult;
import ca.assistantgazelle.runtime.redaction.SecretRedaction;
import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;

/** What an error says about the delivery of a mail. Rule: docs/adr/0012. */
final class SmtpErrors {
    private static final int FIRST_PERMANENT_CODE = 500;

    private SmtpErrors() {}

    static MailSendResult toSendResult(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SMTPException reply) {
                return replied(reply);
            }
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return new MailSendResult.Refused("cannot reach the SMTP server", true);
            }
            // Another SSLException may come after the mail was handed over.
            if (cause instanceof SSLHandshakeException) {
                return new MailSendResult.Refused(
                        "TLS with the SMTP server failed: check SMTP_TLS and the server's certificate", true);
            }
            if (isMissingCapability(cause)) {
                return new MailSendResult.Refused(
                        "the SMTP server does not offer what is required: " + cause.getMessage(), false);
            }
        }
        return new MailSendResult.Unclear(
                "no definite reply: " + failure.getClass().getSimpleName());
    }

    // The client gives these errors no class of their own; both come before the mail is sent.
    private static boolean isMissingCapability(Throwable cause) {
        var message = String.valueOf(cause.getMessage());
        return message.startsWith("STARTTLS required") || message.startsWith("login is required");
    }

    private static MailSendResult replied(SMTPException reply) {
        return new MailSendResult.Refused(
                "SMTP "
                        + reply.getReplyCode()
                        + ": "
                        + SecretRedaction.redact(
                                String.valueOf(reply.getReplyMessage()).strip()),
                reply.getReplyCode() < FIRST_PERMANENT_CODE);
    }
}
