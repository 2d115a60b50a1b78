package ca.assistantgazelle.backup.destination;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides whether a destination survives the loss of the database host. */
public final class OffsiteDestinationCheck {
    private static final Set<String> LOCAL_HOSTS = Set.of("", "localhost", "127.0.0.1", "::1", "[::1]");

    /** A Supabase project id, which is part of its host names and of the pooler's user names. */
    private static final Pattern SUPABASE_PROJECT = Pattern.compile("(?:^|[./])([a-z]{20})(?:[./]|$)");

    private OffsiteDestinationCheck() {}

    /**
     * @param host of the destination; null for this machine
     * @param databaseHost of the source
     * @param databaseUser of the source; with a pooler it contains the project id: {@code postgres.abc…}
     */
    public static boolean isOffsite(String host, String databaseHost, String databaseUser) {
        var there = lower(host);
        var source = lower(databaseHost);
        boolean sourceIsHere = isLocal(source) || source.startsWith("/");
        if (isLocal(there)) {
            return !sourceIsHere;
        }
        if (there.equals(source)) {
            return false;
        }
        var project = project(there);
        return project == null || !(project.equals(project(source)) || project.equals(project(lower(databaseUser))));
    }

    // Covers every name and address of this machine.
    private static boolean isLocal(String host) {
        if (LOCAL_HOSTS.contains(host)) {
            return true;
        }
        try {
            var address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static String project(String host) {
        var found = SUPABASE_PROJECT.matcher(host);
        return found.find() ? found.group(1) : null;
    }

    private static String lower(String host) {
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }
}
