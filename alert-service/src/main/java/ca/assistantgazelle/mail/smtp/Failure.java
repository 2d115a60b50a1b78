package ca.assistantgazelle.mail.smtp;

import ca.assistantgazelle.mail.Receipt;
import ca.assistantgazelle.redaction.Redaction;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.MailConnectException;

/** What an error says about the fate of a letter. */
final class Failure {
  private static final int FIRST_ERROR = 400;
  private static final int FIRST_PERMANENT = 500;

  private Failure() {}

  /**
   * @param handedOver whether some of the letter may have reached the server
   */
  static Receipt receipt(MessagingException failure, SMTPTransport line, boolean handedOver) {
    int code = line.getLastReturnCode();
    if (code >= FIRST_ERROR) {
      var answer = String.valueOf(line.getLastServerResponse()).strip();
      return new Receipt.Refused("SMTP " + Redaction.redact(answer), code < FIRST_PERMANENT);
    }
    if (handedOver) {
      return new Receipt.Unclear("the line broke: " + root(failure).getClass().getSimpleName());
    }
    return new Receipt.Refused(reason(failure), !permanent(failure));
  }

  private static boolean permanent(MessagingException failure) {
    return failure instanceof AuthenticationFailedException
        || failure instanceof AddressException
        || among(failure, SSLException.class)
        || (failure.getCause() == null && failure.getMessage().contains("STARTTLS"));
  }

  /** What went wrong before anything was handed over, and where to look. */
  static String reason(MessagingException failure) {
    if (failure instanceof AddressException) {
      return "an address is not valid";
    }
    if (failure instanceof AuthenticationFailedException) {
      return "the SMTP server refuses SMTP_USERNAME and SMTP_PASSWORD";
    }
    if (among(failure, SSLException.class)) {
      return "no TLS with the SMTP server: SMTP_TLS, or its certificate";
    }
    if (failure instanceof MailConnectException || among(failure, UnknownHostException.class)) {
      return "the SMTP server cannot be reached";
    }
    return "the SMTP server took nothing: "
        + Redaction.redact(String.valueOf(failure.getMessage()));
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
