package ca.assistantgazelle.gazelle;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
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
      return request.ifNoItem().after(limit).fail().await().indefinitely();
    } catch (TimeoutException e) {
      throw new ProcessingException("no whole answer within " + limit.toSeconds() + " s", e);
    } catch (VertxException e) {
      // The line broke while the answer was on its way.
      throw new ProcessingException(e);
    } catch (CompletionException e) {
      throw new ProcessingException(e.getCause());
    }
  }
}
