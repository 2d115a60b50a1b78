package ca.assistantgazelle.alert.mail.smtp;

import ca.assistantgazelle.alert.mail.SendResult;
import ca.assistantgazelle.runtime.redaction.Redaction;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;

/** Maps SMTP errors to send results. */
final class SmtpErrors {
  private static final int FIRST_ERROR = 400;
  private static final int FIRST_PERMANENT = 500;
  private static final int NO_ANSWER = -1;

  private SmtpErrors() {}

  /**
   * @param line where it went wrong
   * @param handedOver whether some of the letter may have reached the server
   */
  static SendResult toResult(MessagingException failure, SMTPTransport line, boolean handedOver) {
    // An answer that was read before the line broke is not the reason.
    if (line.getLastReturnCode() >= FIRST_ERROR && !(failure.getCause() instanceof IOException)) {
      return new SendResult.Refused(serverReply(line), line.getLastReturnCode() < FIRST_PERMANENT);
    }
    if (handedOver) {
      return new SendResult.Unclear(
          "connection lost: " + rootCause(failure).getClass().getSimpleName());
    }
    return new SendResult.Refused(reason(failure, line), !isPermanent(failure, line));
  }

  private static String serverReply(SMTPTransport line) {
    return "SMTP " + Redaction.redact(String.valueOf(line.getLastServerResponse()).strip());
  }

  /** What went wrong before anything was handed over, and where to look. */
  static String reason(MessagingException failure, SMTPTransport line) {
    if (failure instanceof AddressException) {
      return "invalid address";
    }
    if (failure instanceof AuthenticationFailedException
        && !lostConnectionDuringLogin(failure, line)) {
      return isTemporary(line)
          ? serverReply(line)
          : "the SMTP server rejected SMTP_USERNAME and SMTP_PASSWORD";
    }
    if (isTlsFailure(failure)) {
      return "TLS with the SMTP server failed: check SMTP_TLS and the server's certificate";
    }
    if (failure instanceof MailConnectException || hasCause(failure, UnknownHostException.class)) {
      return "the SMTP server cannot be reached";
    }
    return "SMTP error: " + Redaction.redact(String.valueOf(failure.getMessage()));
  }

  private static boolean isPermanent(MessagingException failure, SMTPTransport line) {
    return failure instanceof AddressException
        || (failure instanceof AuthenticationFailedException
            && !lostConnectionDuringLogin(failure, line))
        || isTlsFailure(failure)
        || lacksExtension(failure, "STARTTLS")
        || lacksExtension(failure, "AUTH");
  }

  private static boolean isTemporary(SMTPTransport line) {
    return line.getLastReturnCode() >= FIRST_ERROR && line.getLastReturnCode() < FIRST_PERMANENT;
  }

  private static boolean lostConnectionDuringLogin(MessagingException failure, SMTPTransport line) {
    return failure.getCause() != null || line.getLastReturnCode() == NO_ANSWER;
  }

  // A peer that hangs up during the handshake may be starting up.
  private static boolean isTlsFailure(MessagingException failure) {
    return hasCause(failure, SSLException.class)
        && !hasCause(failure, EOFException.class)
        && !hasCause(failure, SocketException.class)
        && !hasCause(failure, SocketTimeoutException.class);
  }

  // What the server does not offer is said in words only.
  private static boolean lacksExtension(MessagingException failure, String what) {
    return failure.getCause() == null && String.valueOf(failure.getMessage()).contains(what);
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> kind) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable rootCause(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
