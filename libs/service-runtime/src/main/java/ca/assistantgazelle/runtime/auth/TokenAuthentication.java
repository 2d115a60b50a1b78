package ca.assistantgazelle.runtime.auth;

import ca.assistantgazelle.runtime.problem.HttpProblem;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jboss.logging.Logger;

/** Authenticates callers by {@code Authorization: Bearer <token>} only. */
@Singleton
public final class TokenAuthentication implements HttpAuthenticationMechanism {
    private static final Logger LOG = Logger.getLogger(TokenAuthentication.class);
    private static final String SCHEME = "Bearer ";
    private static final String CHALLENGE = "WWW-Authenticate";

    private final AccessTokens tokens;

    TokenAuthentication(AuthConfig config) {
        this.tokens = config.tokensFile().map(AccessTokens::read).orElseGet(AccessTokens::none);
    }

    /** An invalid file ends the start, before a service takes work that nobody could ask it about. */
    void requireTokens(@Observes @Priority(1) StartupEvent event) {
        LOG.debugf("%d access tokens", tokens.count());
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        var header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        return Uni.createFrom()
                .item(tokens.find(header.substring(SCHEME.length()).strip())
                        .map(TokenAuthentication::identity)
                        .orElse(null));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, CHALLENGE, "Bearer"));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (context.response().ended()) {
            return Uni.createFrom().item(true);
        }
        var problem = HttpProblem.of(
                401, "Unauthorized", "Send 'Authorization: Bearer <token>' with a token of API_TOKENS_FILE.");
        context.response()
                .setStatusCode(401)
                .putHeader(CHALLENGE, "Bearer")
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpProblem.MEDIA_TYPE);
        return Uni.createFrom()
                .completionStage(context.response().end(problem.json()).toCompletionStage())
                .replaceWith(true);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    private static SecurityIdentity identity(AccessTokens.AuthenticatedCaller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.name()))
                .addRoles(caller.roles())
                .build();
    }
}
