package ca.assistantgazelle.backup.config;

import ca.assistantgazelle.backup.destination.BackupDestination;
import ca.assistantgazelle.backup.destination.LocalDirectoryDestination;
import ca.assistantgazelle.backup.destination.drive.DriveSettings;
import ca.assistantgazelle.backup.destination.s3.S3Profile;
import ca.assistantgazelle.backup.destination.s3.S3Settings;
import ca.assistantgazelle.backup.failure.BackupErrorClass;
import ca.assistantgazelle.backup.failure.BackupException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Creates destinations from their addresses. */
final class DestinationFactory {
    private static final Duration INITIAL_BACKOFF = Duration.ofMillis(500);

    private final Function<String, Optional<String>> variables;
    private final Duration stallTimeout;

    DestinationFactory(Function<String, Optional<String>> variables, Duration stall) {
        this.variables = variables;
        this.stallTimeout = stall;
    }

    List<BackupDestination> createAll(List<String> addresses) throws BackupException {
        var destinations = new ArrayList<BackupDestination>();
        var names = new LinkedHashSet<String>();
        for (var address : addresses) {
            var destination = create(address);
            if (!names.add(destination.name())) {
                throw invalid(address, "is listed twice");
            }
            destinations.add(destination);
        }
        return destinations;
    }

    private BackupDestination create(String address) throws BackupException {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw invalid(address, "is not a valid URI");
        }
        return switch (String.valueOf(uri.getScheme())) {
            case "file" -> {
                if (uri.getAuthority() != null
                        || uri.getPath() == null
                        || uri.getPath().length() < 2) {
                    throw invalid(address, "needs three slashes and an absolute path");
                }
                yield new LocalDirectoryDestination(Path.of(uri.getPath()));
            }
            case "s3" -> {
                if (uri.getAuthority() == null) {
                    throw invalid(address, "has no bucket");
                }
                yield s3Settings().bucket(uri.getAuthority(), trimSlashes(uri.getPath()));
            }
            case "gdrive" -> {
                if (uri.getAuthority() == null) {
                    throw invalid(address, "has no folder id");
                }
                yield new DriveSettings(
                                variables
                                        .apply("GOOGLE_APPLICATION_CREDENTIALS")
                                        .map(Path::of)
                                        .orElse(null),
                                variables.apply("GOOGLE_API_URL").orElse(null),
                                stallTimeout,
                                INITIAL_BACKOFF)
                        .folder(uri.getAuthority());
            }
            case "git-lfs" -> throw invalid(address, "has a type that is not supported yet");
            default -> throw invalid(address, "has an unsupported type");
        };
    }

    private static String trimSlashes(String path) {
        return path == null ? "" : path.replaceAll("^/+|/+$", "");
    }

    private S3Settings s3Settings() throws BackupException {
        var endpoint = variables.apply("AWS_ENDPOINT_URL_S3");
        try {
            return new S3Settings(
                    endpoint.map(URI::create).orElse(null),
                    required("AWS_ACCESS_KEY_ID"),
                    required("AWS_SECRET_ACCESS_KEY"),
                    variables.apply("AWS_REGION").orElse("us-east-1"),
                    variables
                            .apply("BACKUP_S3_PROFILE")
                            .map(profile -> S3Profile.valueOf(profile.toUpperCase(Locale.ROOT)))
                            .orElse(null),
                    stallTimeout,
                    INITIAL_BACKOFF);
        } catch (IllegalArgumentException e) {
            throw new BackupException(
                    BackupErrorClass.CONFIGURATION,
                    "AWS_ENDPOINT_URL_S3 or BACKUP_S3_PROFILE is invalid: " + e.getMessage(),
                    "The first must be a URL such as https://host, the second aws or compatible.",
                    e);
        }
    }

    private String required(String name) throws BackupException {
        return variables
                .apply(name)
                .orElseThrow(() -> BackupSettings.notSet(name, "It is required for an s3:// destination."));
    }

    private static BackupException invalid(String address, String what) {
        return new BackupException(
                BackupErrorClass.CONFIGURATION,
                "Destination " + address.replaceAll("//[^/@]*@", "//") + " " + what + ".",
                "Use file:///directory, s3://bucket/prefix or gdrive://folder-id.");
    }
}
