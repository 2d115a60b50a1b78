package ca.assistantgazelle.mail.smtp;

import ca.assistantgazelle.mail.Receipt;
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

/** What an error says about the fate of a letter. */
final class Failure {
  private static final int FIRST_ERROR = 400;
  private static final int FIRST_PERMANENT = 500;
  private static final int NO_ANSWER = -1;

  private Failure() {}

  /**
   * @param line where it went wrong
   * @param handedOver whether some of the letter may have reached the server
   */
  static Receipt receipt(MessagingException failure, SMTPTransport line, boolean handedOver) {
    // An answer that was read before the line broke is not the reason.
    if (line.getLastReturnCode() >= FIRST_ERROR && !(failure.getCause() instanceof IOException)) {
      return new Receipt.Refused(answer(line), line.getLastReturnCode() < FIRST_PERMANENT);
    }
    if (handedOver) {
      return new Receipt.Unclear("the line broke: " + root(failure).getClass().getSimpleName());
    }
    return new Receipt.Refused(reason(failure, line), !permanent(failure, line));
  }

  private static String answer(SMTPTransport line) {
    return "SMTP " + Redaction.redact(String.valueOf(line.getLastServerResponse()).strip());
  }

  /** What went wrong before anything was handed over, and where to look. */
  static String reason(MessagingException failure, SMTPTransport line) {
    if (failure instanceof AddressException) {
      return "an address is not valid";
    }
    if (failure instanceof AuthenticationFailedException && !brokeWhileLoggingIn(failure, line)) {
      return temporary(line)
          ? answer(line)
          : "the SMTP server refuses SMTP_USERNAME and SMTP_PASSWORD";
    }
    if (distrusted(failure)) {
      return "no TLS with the SMTP server: SMTP_TLS, or its certificate";
    }
    if (failure instanceof MailConnectException || among(failure, UnknownHostException.class)) {
      return "the SMTP server cannot be reached";
    }
    return "the SMTP server took nothing: "
        + Redaction.redact(String.valueOf(failure.getMessage()));
  }

  private static boolean permanent(MessagingException failure, SMTPTransport line) {
    return failure instanceof AddressException
        || (failure instanceof AuthenticationFailedException && !brokeWhileLoggingIn(failure, line))
        || distrusted(failure)
        || lacks(failure, "STARTTLS")
        || lacks(failure, "AUTH");
  }

  private static boolean temporary(SMTPTransport line) {
    return line.getLastReturnCode() >= FIRST_ERROR && line.getLastReturnCode() < FIRST_PERMANENT;
  }

  private static boolean brokeWhileLoggingIn(MessagingException failure, SMTPTransport line) {
    return failure.getCause() != null || line.getLastReturnCode() == NO_ANSWER;
  }

  // A peer that hangs up during the handshake may be starting up.
  private static boolean distrusted(MessagingException failure) {
    return among(failure, SSLException.class)
        && !among(failure, EOFException.class)
        && !among(failure, SocketException.class)
        && !among(failure, SocketTimeoutException.class);
  }

  // What the server does not offer is said in words only.
  private static boolean lacks(MessagingException failure, String what) {
    return failure.getCause() == null && String.valueOf(failure.getMessage()).contains(what);
  }

  private static boolean among(Throwable failure, Class<? extends Throwable> kind) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
