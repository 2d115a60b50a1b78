package ca.assistantgazelle.mail.sendgrid;

import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.MailTransport;
import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Receipt;
import ca.assistantgazelle.runtime.redaction.Redaction;
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

/** Over SendGrid's v3 API. Accepted = 202, with its own id of the message. */
@Singleton
public class SendGridTransport implements MailTransport {
  private static final String OFFICIAL = "https://api.sendgrid.com";
  private static final long CONNECT_SECONDS = 10;
  private static final int LONGEST_REASON = 300;
  private static final Pattern NAMED = Pattern.compile("\\s*\"?([^\"<]*?)\"?\\s*<([^>]+)>\\s*");

  private final AlertsConfig config;
  private final SendGridApi api;

  SendGridTransport(AlertsConfig config) {
    this.config = config;
    this.api =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(URI.create(config.sendgridApiUrl().orElse(OFFICIAL)))
            .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
            .readTimeout(config.patience().toMillis(), TimeUnit.MILLISECONDS)
            .build(SendGridApi.class);
  }

  @Override
  public String name() {
    return "sendgrid";
  }

  @Override
  public Receipt send(Message message) {
    try (var answer = api.send(authorization(), body(message))) {
      return receipt(answer);
    } catch (WebApplicationException e) {
      return receipt(e.getResponse());
    } catch (ProcessingException e) {
      return unanswered(e);
    }
  }

  private static Receipt receipt(Response answer) {
    int status = answer.getStatus();
    if (status == 202) {
      var id = answer.getHeaderString("X-Message-Id");
      return id == null
          ? new Receipt.Unclear("SendGrid took it without giving it an id")
          : new Receipt.Accepted(id);
    }
    if (status == 502 || status == 504) {
      // A gateway's word: what is behind it may have taken the message.
      return new Receipt.Unclear("SendGrid answered " + status);
    }
    return new Receipt.Refused(
        "SendGrid answered " + status + reason(answer), status == 429 || status >= 500);
  }

  private static String reason(Response answer) {
    try {
      var said =
          answer.readEntity(JsonNode.class).path("errors").path(0).path("message").asText("");
      var brief = said.length() > LONGEST_REASON ? said.substring(0, LONGEST_REASON) : said;
      return said.isEmpty() ? "" : ": " + Redaction.redact(brief);
    } catch (ProcessingException | IllegalStateException e) {
      return "";
    }
  }

  private static Receipt unanswered(ProcessingException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof SSLHandshakeException) {
        return new Receipt.Refused("SendGrid cannot be reached", true);
      }
    }
    return new Receipt.Unclear("no answer from SendGrid: " + failure.getClass().getSimpleName());
  }

  @Override
  public String check() {
    try (var answer = api.scopes(authorization())) {
      if (answer.getStatus() != 200) {
        return "SendGrid answered " + answer.getStatus();
      }
      return answer.readEntity(String.class).contains("mail.send")
          ? null
          : "SENDGRID_API_KEY may not send mail";
    } catch (WebApplicationException e) {
      return "SendGrid answered " + e.getResponse().getStatus() + " to our key";
    } catch (ProcessingException e) {
      return "SendGrid cannot be reached";
    }
  }

  private String authorization() {
    return "Bearer " + config.sendgridApiKey().orElse("");
  }

  private ObjectNode body(Message message) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putArray("personalizations")
        .addObject()
        .putArray("to")
        .addObject()
        .put("email", message.to());
    var named = NAMED.matcher(config.from().orElseThrow());
    if (named.matches()) {
      body.putObject("from").put("name", named.group(1)).put("email", named.group(2));
    } else {
      body.putObject("from").put("email", config.from().get().strip());
    }
    body.put("subject", message.subject());
    var content = body.putArray("content");
    content.addObject().put("type", "text/plain").put("value", message.text());
    content.addObject().put("type", "text/html").put("value", message.html());
    body.putObject("headers")
        .put("Message-ID", message.id())
        .put("List-Id", "<alertes.gazelle-automation>")
        .put("Auto-Submitted", "auto-generated");
    return body;
  }
}
