package ca.assistantgazelle.sync.gazelle;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/**
 * Awaits a complete response within a time limit. The client's read-timeout only limits the time between two bytes, so
 * a slowly dripping response would never time out.
 */
public final class ResponseDeadline {
    private ResponseDeadline() {}

    /**
     * @throws ProcessingException if the response is not complete in time, which cancels the request; its cause is an
     *     InterruptedException if interrupted
     */
    public static Response await(Uni<Response> request, Duration limit) {
        try {
            return request.ifNoItem()
                    .after(limit)
                    .failWith(() -> new ProcessingException("no complete response within " + limit.toSeconds() + " s"))
                    // A connection lost during the response is reported as any exception of the client.
                    .onFailure(failure -> !(failure instanceof ProcessingException))
                    .transform(ProcessingException::new)
                    .await()
                    .indefinitely();
        } catch (CompletionException e) {
            throw new ProcessingException(e.getCause());
        }
    }
}
