package ca.assistantgazelle.destination;

import ca.assistantgazelle.archive.BulkInput;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/** An object being read, whose failures name the destination. */
public final class NamedInput extends BulkInput {
  private final String place;

  public NamedInput(InputStream in, String place) {
    super(in);
    this.place = place;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      return in.read(into, offset, length);
    } catch (BackupException e) {
      throw e;
    } catch (SocketTimeoutException e) {
      throw new BackupException(
          Cause.STORE_STALL,
          place + " stopped answering while it was read.",
          "Look at the destination and the network.",
          e);
    } catch (IOException e) {
      throw new BackupException(
          Cause.STORE_READ,
          place + ": reading broke off: " + e.getMessage(),
          "Look at the destination and the network.",
          e);
    }
  }
}
