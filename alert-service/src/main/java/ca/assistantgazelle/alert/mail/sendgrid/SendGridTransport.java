package ca.assistantgazelle.alert.mail.sendgrid;

import ca.assistantgazelle.alert.mail.AlertsConfig;
import ca.assistantgazelle.alert.mail.MailSendResult;
import ca.assistantgazelle.alert.mail.MailTransport;
import ca.assistantgazelle.alert.mail.OutgoingMail;
import ca.assistantgazelle.runtime.redaction.SecretRedaction;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;

/** Sends mail with SendGrid's v3 API. Accepted = status 202 with SendGrid's message id. */
@Singleton
public class SendGridTransport implements MailTransport {
    private static final String DEFAULT_URL = "https://api.sendgrid.com";
    private static final long CONNECT_SECONDS = 10;
    private static final int MAX_REASON_LENGTH = 300;
    private static final Pattern NAME_AND_ADDRESS = Pattern.compile("\\s*\"?([^\"<]*?)\"?\\s*<([^>]+)>\\s*");

    private final AlertsConfig config;
    private final SendGridApi api;

    SendGridTransport(AlertsConfig config) {
        this.config = config;
        this.api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(config.sendgridApiUrl().orElse(DEFAULT_URL)))
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(config.sendTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .build(SendGridApi.class);
    }

    @Override
    public String name() {
        return "sendgrid";
    }

    @Override
    public MailSendResult send(OutgoingMail mail) {
        try (var answer = api.send(authorization(), body(mail))) {
            return toResult(answer);
        } catch (WebApplicationException e) {
            return toResult(e.getResponse());
        } catch (ProcessingException e) {
            return noResponse(e);
        }
    }

    private static MailSendResult toResult(Response answer) {
        int status = answer.getStatus();
        if (status == 202) {
            var id = answer.getHeaderString("X-Message-Id");
            return id == null
                    ? new MailSendResult.Unclear("SendGrid responded 202 without a message id")
                    : new MailSendResult.Accepted(id);
        }
        if (status == 502 || status == 504) {
            // Sent by a gateway: the server behind it may have accepted the mail.
            return new MailSendResult.Unclear("SendGrid responded with status " + status);
        }
        return new MailSendResult.Refused(
                "SendGrid responded with status " + status + reason(answer), status == 429 || status >= 500);
    }

    private static String reason(Response answer) {
        try {
            var said = answer.readEntity(JsonNode.class)
                    .path("errors")
                    .path(0)
                    .path("message")
                    .asText("");
            var brief = said.length() > MAX_REASON_LENGTH ? said.substring(0, MAX_REASON_LENGTH) : said;
            return said.isEmpty() ? "" : ": " + SecretRedaction.redact(brief);
        } catch (ProcessingException | IllegalStateException e) {
            return "";
        }
    }

    private static MailSendResult noResponse(ProcessingException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException) {
                return new MailSendResult.Refused("SendGrid cannot be reached", true);
            }
        }
        return new MailSendResult.Unclear(
                "no response from SendGrid: " + failure.getClass().getSimpleName());
    }

    @Override
    public String check() {
        try (var answer = api.scopes(authorization())) {
            if (answer.getStatus() != 200) {
                return "SendGrid responded with status " + answer.getStatus();
            }
            return answer.readEntity(String.class).contains("mail.send")
                    ? null
                    : "SENDGRID_API_KEY lacks the scope mail.send";
        } catch (WebApplicationException e) {
            return "SendGrid responded with status " + e.getResponse().getStatus() + " to SENDGRID_API_KEY";
        } catch (ProcessingException e) {
            return "SendGrid cannot be reached";
        }
    }

    private String authorization() {
        return "Bearer " + config.sendgridApiKey().orElse("");
    }

    private ObjectNode body(OutgoingMail mail) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putArray("personalizations").addObject().putArray("to").addObject().put("email", mail.to());
        var named = NAME_AND_ADDRESS.matcher(config.from().orElseThrow());
        if (named.matches()) {
            body.putObject("from").put("name", named.group(1)).put("email", named.group(2));
        } else {
            body.putObject("from").put("email", config.from().get().strip());
        }
        body.put("subject", mail.subject());
        var content = body.putArray("content");
        content.addObject().put("type", "text/plain").put("value", mail.text());
        content.addObject().put("type", "text/html").put("value", mail.html());
        var headers = body.putObject("headers");
        mail.headers().forEach((name, value) -> headers.put(name, value));
        return body;
    }
}
