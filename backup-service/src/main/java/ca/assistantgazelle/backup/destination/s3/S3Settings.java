package ca.assistantgazelle.backup.destination.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Connection settings for an S3 store.
 *
 * @param endpoint null for Amazon's own
 * @param secretKey never logged
 * @param profile null to choose it by the endpoint
 * @param timeout timeout of one response
 * @param initialBackoff pause before the first retry; it grows to eight times that
 */
public record S3Settings(
        URI endpoint,
        String accessKey,
        String secretKey,
        String region,
        S3Profile profile,
        Duration timeout,
        Duration initialBackoff) {
    private static final int MAX_ATTEMPTS = 5;
    private static final int MAX_BACKOFF_FACTOR = 8;
    private static final int MAX_CONNECTIONS = 8;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Opens a bucket without contacting the store. */
    public S3BucketDestination bucket(String bucket, String prefix) {
        var kind = profile == null ? profileOfEndpoint() : profile;
        boolean checked = kind == S3Profile.AWS;
        var answers = new S3CallTracker();
        var builder = S3Client.builder()
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .requestChecksumCalculation(
                        checked ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        checked ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(checked))
                .forcePathStyle(endpoint != null)
                .httpClient(Apache5HttpClient.builder()
                        .maxConnections(MAX_CONNECTIONS)
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(timeout)
                        .build())
                .overrideConfiguration(client -> client.retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(MAX_ATTEMPTS)
                                .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(
                                        initialBackoff, initialBackoff.multipliedBy(MAX_BACKOFF_FACTOR)))
                                .build())
                        .addExecutionInterceptor(answers));
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        var host = endpoint == null ? "s3." + region + ".amazonaws.com" : endpoint.getHost();
        return new S3BucketDestination(builder.build(), answers, bucket, prefix, kind, host);
    }

    private S3Profile profileOfEndpoint() {
        return endpoint == null || endpoint.getHost().toLowerCase(Locale.ROOT).endsWith(".amazonaws.com")
                ? S3Profile.AWS
                : S3Profile.COMPATIBLE;
    }

    /** Contains no keys. */
    @Override
    public String toString() {
        return "S3Settings[" + endpoint + "]";
    }
}
