package ca.assistantgazelle.destination.s3;

import ca.assistantgazelle.archive.BulkInput;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object being read; leaving it early does not read the rest. */
final class Download extends BulkInput {
  private final S3Bucket place;
  private final ResponseInputStream<GetObjectResponse> answer;
  private boolean ended;

  Download(S3Bucket place, ResponseInputStream<GetObjectResponse> answer) {
    super(answer);
    this.place = place;
    this.answer = answer;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int count = answer.read(into, offset, length);
      ended |= count < 0;
      return count;
    } catch (SdkException e) {
      throw place.failure(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (ended) {
      answer.close();
    } else {
      answer.abort();
    }
  }
}
