package ca.assistantgazelle.runner.gateway;

import ca.assistantgazelle.runner.plan.LocalPort;
import ca.assistantgazelle.runner.plan.LocalSystemPlan;
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
 * Local reverse proxy: serves all specified URLs at one address, and adds the local operator's token to requests
 * without one.
 */
public final class LocalGateway implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final LocalSystemPlan plan;
    private final OriginGuard guard;
    private final HttpProxy proxy;

    private LocalGateway(LocalSystemPlan plan) {
        this.plan = plan;
        this.guard = new OriginGuard(plan.port(LocalPort.GATEWAY));
        this.proxy = HttpProxy.reverseProxy(vertx.createHttpClient())
                .origin(OriginRequestProvider.selector(
                        context -> upstream(context.request().proxiedRequest().path())))
                .addInterceptor(
                        new OperatorTokenInterceptor(plan.secrets().tokens().get("operator")));
    }

    public static LocalGateway start(LocalSystemPlan plan)
            throws InterruptedException, ExecutionException, TimeoutException {
        var gateway = new LocalGateway(plan);
        gateway.vertx
                .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(gateway::handle)
                .listen(plan.port(LocalPort.GATEWAY), "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return gateway;
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void handle(HttpServerRequest request) {
        guard.check(request).ifPresentOrElse(refusal -> refuse(request, refusal), () -> proxy.handle(request));
    }

    private static void refuse(HttpServerRequest request, OriginGuard.GatewayRefusal refusal) {
        var response = request.response().setStatusCode(refusal.status());
        var problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", response.getStatusMessage())
                .put("status", refusal.status())
                .put("detail", refusal.detail());
        response.putHeader("Content-Type", "application/problem+json").end(problem.encode());
    }

    // alert-service answers queries about alerts; all runs, including those that send alerts, go to
    // the scheduler.
    private Future<SocketAddress> upstream(String path) {
        boolean alerts = path.startsWith("/alertes-rv/") && !path.equals("/alertes-rv/send");
        var port = alerts ? LocalPort.ALERT : LocalPort.SCHEDULER;
        return Future.succeededFuture(SocketAddress.inetSocketAddress(plan.port(port), "127.0.0.1"));
    }

    private record OperatorTokenInterceptor(String token) implements ProxyInterceptor {
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
