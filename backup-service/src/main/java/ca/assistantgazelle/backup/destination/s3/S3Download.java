package ca.assistantgazelle.backup.destination.s3;

import ca.assistantgazelle.backup.archive.BulkInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads an object. Closing it early aborts the transfer. */
final class S3Download extends BulkInputStream {
    private final S3BucketDestination bucket;
    private final ResponseInputStream<GetObjectResponse> response;
    private boolean fullyRead;

    S3Download(S3BucketDestination place, ResponseInputStream<GetObjectResponse> answer) {
        super(answer);
        this.bucket = place;
        this.response = answer;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int count = response.read(into, offset, length);
            fullyRead |= count < 0;
            return count;
        } catch (SdkException e) {
            throw bucket.toException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (fullyRead) {
            response.close();
        } else {
            response.abort();
        }
    }
}
