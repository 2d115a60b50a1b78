package ca.assistantgazelle.gazelle;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/**
 * Waits for all of an answer, no longer than a limit. The client's own read-timeout is one between
 * two bytes: an answer that comes drop by drop would be waited for without end.
 */
public final class WholeAnswer {
  private WholeAnswer() {}

  /**
   * @throws ProcessingException when there is no whole answer in time, which gives the request up;
   *     its cause is an InterruptedException when told to stop
   */
  public static Response of(Uni<Response> request, Duration limit) {
    try {
      return request
          .ifNoItem()
          .after(limit)
          .failWith(
              () -> new ProcessingException("no whole answer within " + limit.toSeconds() + " s"))
          // A line that breaks while the answer is on its way comes as whatever the client has.
          .onFailure(failure -> !(failure instanceof ProcessingException))
          .transform(ProcessingException::new)
          .await()
          .indefinitely();
    } catch (CompletionException e) {
      throw new ProcessingException(e.getCause());
    }
  }
}
