package ca.assistantgazelle.alert.mail.sendgrid;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The calls of SendGrid's v3 API that are used here. */
@Path("/v3")
interface SendGridApi {
    @POST
    @Path("/mail/send")
    @Consumes(MediaType.APPLICATION_JSON)
    Response send(@HeaderParam("Authorization") String authorization, JsonNode body);

    @GET
    @Path("/scopes")
    Response scopes(@HeaderParam("Authorization") String authorization);
}
