package ca.assistantgazelle.mail.sendgrid;

import ca.assistantgazelle.mail.AlertsConfig;
import ca.assistantgazelle.mail.MailTransport;
import ca.assistantgazelle.mail.Message;
import ca.assistantgazelle.mail.Receipt;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/** Over SendGrid's v3 API. Accepted = 202, with its own id of the message. */
@Singleton
public class SendGridTransport implements MailTransport {
  private static final long CONNECT_SECONDS = 10;

  private final AlertsConfig config;
  private final SendGridApi api;

  SendGridTransport(AlertsConfig config) {
    this.config = config;
    this.api =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(URI.create(config.sendgridApiUrl()))
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
    return new Receipt.Refused("SendGrid answered " + status, status == 429 || status >= 500);
  }

  private static Receipt unanswered(ProcessingException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
        return new Receipt.Refused("SendGrid cannot be reached", true);
      }
    }
    return new Receipt.Unclear("no answer from SendGrid: " + failure.getClass().getSimpleName());
  }

  @Override
  public String check() {
    try (var answer = api.scopes(authorization())) {
      return answer.getStatus() == 200 ? null : "SendGrid answered " + answer.getStatus();
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
    body.putObject("from").put("email", config.from().orElseThrow());
    body.put("subject", message.subject());
    var content = body.putArray("content");
    content.addObject().put("type", "text/plain").put("value", message.text());
    content.addObject().put("type", "text/html").put("value", message.html());
    body.putObject("headers").put("Message-ID", message.id());
    return body;
  }
}
