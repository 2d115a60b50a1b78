package ca.assistantgazelle.gazelle;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Gazelle's one endpoint. The raw response: its status and its broken bodies are ours to judge. */
@RegisterRestClient(configKey = "gazelle")
interface GazelleApi {
  /** A header that is null is not sent. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  Uni<Response> post(
      @HeaderParam("x-gazelle-api-key") String apiKey,
      @HeaderParam("Authorization") String authorization,
      String body);
}
