package ca.assistantgazelle.runtime.network;

import java.net.URI;

/** Recognises URLs that lead to this machine: emulators and test servers. */
public final class LoopbackUrl {
    private LoopbackUrl() {}

    public static boolean isLoopback(String url) {
        var host = URI.create(url).getHost();
        return host != null
                && (host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]"));
    }
}
