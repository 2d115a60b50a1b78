package ca.assistantgazelle.sync.gazelle;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Gazelle's GraphQL endpoint; returns the raw response so that the client can evaluate it. */
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
