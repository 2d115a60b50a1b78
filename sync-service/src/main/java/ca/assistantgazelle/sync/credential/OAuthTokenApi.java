package ca.assistantgazelle.sync.credential;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Gazelle's OAuth token endpoint. */
@RegisterRestClient(configKey = "gazelle-oauth")
interface OAuthTokenApi {
    /** @param url of the token endpoint */
    @POST
    Uni<Response> token(
            @Url String url,
            @FormParam("grant_type") String grantType,
            @FormParam("client_id") String clientId,
            @FormParam("client_secret") String clientSecret,
            @FormParam("refresh_token") String refreshToken);
}
