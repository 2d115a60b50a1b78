package ca.assistantgazelle.setup;

import ca.assistantgazelle.destination.Destination;
import ca.assistantgazelle.destination.LocalDirectory;
import ca.assistantgazelle.destination.drive.DriveSettings;
import ca.assistantgazelle.destination.s3.Profile;
import ca.assistantgazelle.destination.s3.S3Settings;
import ca.assistantgazelle.failure.BackupException;
import ca.assistantgazelle.failure.Cause;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Makes destinations of their addresses. */
final class Addresses {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final Function<String, Optional<String>> variables;
  private final Duration stall;

  Addresses(Function<String, Optional<String>> variables, Duration stall) {
    this.variables = variables;
    this.stall = stall;
  }

  List<Destination> destinations(List<String> addresses) throws BackupException {
    var destinations = new ArrayList<Destination>();
    var names = new LinkedHashSet<String>();
    for (var address : addresses) {
      var destination = destination(address);
      if (!names.add(destination.name())) {
        throw invalid(address, "is there twice");
      }
      destinations.add(destination);
    }
    return destinations;
  }

  private Destination destination(String address) throws BackupException {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw invalid(address, "cannot be read");
    }
    return switch (String.valueOf(uri.getScheme())) {
      case "file" -> {
        if (uri.getAuthority() != null || uri.getPath() == null || uri.getPath().length() < 2) {
          throw invalid(address, "needs three slashes and an absolute path");
        }
        yield new LocalDirectory(Path.of(uri.getPath()));
      }
      case "s3" -> {
        if (uri.getAuthority() == null) {
          throw invalid(address, "names no bucket");
        }
        yield s3().bucket(uri.getAuthority(), trimmed(uri.getPath()));
      }
      case "gdrive" -> {
        if (uri.getAuthority() == null) {
          throw invalid(address, "names no folder");
        }
        yield new DriveSettings(
                variables.apply("GOOGLE_APPLICATION_CREDENTIALS").map(Path::of).orElse(null),
                variables.apply("GOOGLE_API_URL").orElse(null),
                stall,
                FIRST_PAUSE)
            .folder(uri.getAuthority());
      }
      case "git-lfs" -> throw invalid(address, "is a kind that this version does not have yet");
      default -> throw invalid(address, "is of no kind known here");
    };
  }

  private static String trimmed(String path) {
    return path == null ? "" : path.replaceAll("^/+|/+$", "");
  }

  private S3Settings s3() throws BackupException {
    var endpoint = variables.apply("AWS_ENDPOINT_URL_S3");
    try {
      return new S3Settings(
          endpoint.map(URI::create).orElse(null),
          required("AWS_ACCESS_KEY_ID"),
          required("AWS_SECRET_ACCESS_KEY"),
          variables.apply("AWS_REGION").orElse("us-east-1"),
          variables
              .apply("BACKUP_S3_PROFILE")
              .map(profile -> Profile.valueOf(profile.toUpperCase(Locale.ROOT)))
              .orElse(null),
          stall,
          FIRST_PAUSE);
    } catch (IllegalArgumentException e) {
      throw new BackupException(
          Cause.CONFIGURATION,
          "AWS_ENDPOINT_URL_S3 or BACKUP_S3_PROFILE cannot be used.",
          "The first is an address such as https://host; the second is aws or compatible.",
          e);
    }
  }

  private String required(String name) throws BackupException {
    return variables
        .apply(name)
        .orElseThrow(() -> Setup.missing(name, "An s3:// destination needs it."));
  }

  private static BackupException invalid(String address, String what) {
    return new BackupException(
        Cause.CONFIGURATION,
        "Destination " + address.replaceAll("//[^/@]*@", "//") + " " + what + ".",
        "Use file:///directory, s3://bucket/prefix or gdrive://folder-id.");
  }
}
