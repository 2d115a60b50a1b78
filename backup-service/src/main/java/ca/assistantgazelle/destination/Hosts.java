package ca.assistantgazelle.destination;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a destination would be lost together with the database. */
public final class Hosts {
  private static final Set<String> HERE = Set.of("", "localhost", "127.0.0.1", "::1", "[::1]");

  /** A Supabase project's name, as it stands in its hosts and in its pooler's user names. */
  private static final Pattern PROJECT = Pattern.compile("(?:^|[./])([a-z]{20})(?:[./]|$)");

  private Hosts() {}

  /**
   * @param host of the destination; null = this machine
   * @param databaseHost where the source is
   * @param databaseUser a pooler's user names the project: {@code postgres.abc…}
   */
  public static boolean isElsewhere(String host, String databaseHost, String databaseUser) {
    var there = lower(host);
    var source = lower(databaseHost);
    boolean sourceIsHere = isHere(source) || source.startsWith("/");
    if (isHere(there)) {
      return !sourceIsHere;
    }
    if (there.equals(source)) {
      return false;
    }
    var project = project(there);
    return project == null
        || !(project.equals(project(source)) || project.equals(project(lower(databaseUser))));
  }

  // By whatever name or address this machine goes.
  private static boolean isHere(String host) {
    if (HERE.contains(host)) {
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
    var found = PROJECT.matcher(host);
    return found.find() ? found.group(1) : null;
  }

  private static String lower(String host) {
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }
}
