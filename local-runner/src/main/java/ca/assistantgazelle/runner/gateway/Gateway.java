package ca.assistantgazelle.runner.gateway;

import ca.assistantgazelle.runner.plan.Plan;
import ca.assistantgazelle.runner.plan.Port;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One address for all of the seed's URLs. It adds the local operator's token to requests that bring
 * none.
 */
public final class Gateway implements AutoCloseable {
  private static final long LIMIT_SECONDS = 10;

  private final Vertx vertx = Vertx.vertx();
  private final Plan plan;
  private final Guard guard;
  private final HttpProxy proxy;

  private Gateway(Plan plan) {
    this.plan = plan;
    this.guard = new Guard(plan.port(Port.GATEWAY));
    this.proxy =
        HttpProxy.reverseProxy(vertx.createHttpClient())
            .origin(
                OriginRequestProvider.selector(
                    context -> origin(context.request().proxiedRequest().path())))
            .addInterceptor(new OperatorToken(plan.secrets().tokens().get("operator")));
  }

  public static Gateway start(Plan plan)
      throws InterruptedException, ExecutionException, TimeoutException {
    var gateway = new Gateway(plan);
    gateway
        .vertx
        .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
        .requestHandler(gateway::handle)
        .listen(plan.port(Port.GATEWAY), "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    return gateway;
  }

  @Override
  public void close() {
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private void handle(HttpServerRequest request) {
    guard
        .check(request)
        .ifPresentOrElse(refusal -> refuse(request, refusal), () -> proxy.handle(request));
  }

  private static void refuse(HttpServerRequest request, Guard.Refusal refusal) {
    var response = request.response().setStatusCode(refusal.status());
    var problem =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", response.getStatusMessage())
            .put("status", refusal.status())
            .put("detail", refusal.detail());
    response.putHeader("Content-Type", "application/problem+json").end(problem.encode());
  }

  // What is known of alerts is alert-service's; runs, also those that send alerts, are the
  // scheduler's.
  private Future<SocketAddress> origin(String path) {
    boolean alerts = path.startsWith("/alertes-rv/") && !path.equals("/alertes-rv/send");
    var port = alerts ? Port.ALERT : Port.SCHEDULER;
    return Future.succeededFuture(SocketAddress.inetSocketAddress(plan.port(port), "127.0.0.1"));
  }

  private record OperatorToken(String token) implements ProxyInterceptor {
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
      var headers = context.request().headers();
      if (!headers.contains("Authorization")) {
        headers.set("Authorization", "Bearer " + token);
      }
      return context.sendRequest();
    }
  }
}
