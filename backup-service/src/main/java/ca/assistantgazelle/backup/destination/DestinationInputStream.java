package ca.assistantgazelle.backup.destination;

import ca.assistantgazelle.backup.archive.BulkInputStream;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/** Reads an object; failures name the destination. */
public final class DestinationInputStream extends BulkInputStream {
    private final String destinationName;

    public DestinationInputStream(InputStream in, String place) {
        super(in);
        this.destinationName = place;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return in.read(into, offset, length);
        } catch (BackupException e) {
            throw e;
        } catch (SocketTimeoutException e) {
            throw new BackupException(
                    BackupErrorClass.STORE_STALL,
                    destinationName + " stopped responding during a read.",
                    "Check the destination and the network.",
                    e);
        } catch (IOException e) {
            throw new BackupException(
                    BackupErrorClass.STORE_READ,
                    destinationName + ": read failed: " + e.getMessage(),
                    "Check the destination and the network.",
                    e);
        }
    }
}
