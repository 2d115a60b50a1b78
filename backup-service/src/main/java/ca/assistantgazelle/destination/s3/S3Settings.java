package ca.assistantgazelle.destination.s3;

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
 * How to reach a store.
 *
 * @param endpoint null = Amazon's own
 * @param secretKey never shown
 * @param profile null = by the endpoint
 * @param patience how long one answer may take
 * @param firstPause before a second try; the further ones grow to eight times that
 */
public record S3Settings(
    URI endpoint,
    String accessKey,
    String secretKey,
    String region,
    Profile profile,
    Duration patience,
    Duration firstPause) {
  private static final int TRIES = 5;
  private static final int LONGEST_PAUSE = 8;
  private static final int CONNECTIONS = 8;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** The bucket; nothing is asked of it yet. */
  public S3Bucket bucket(String bucket, String prefix) {
    var kind = profile == null ? byEndpoint() : profile;
    boolean checked = kind == Profile.AWS;
    var answers = new Answers();
    var builder =
        S3Client.builder()
            .region(Region.of(region))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
            .requestChecksumCalculation(
                checked
                    ? RequestChecksumCalculation.WHEN_SUPPORTED
                    : RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(
                checked
                    ? ResponseChecksumValidation.WHEN_SUPPORTED
                    : ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(checked))
            .forcePathStyle(endpoint != null)
            .httpClient(
                Apache5HttpClient.builder()
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(CONNECT)
                    .socketTimeout(patience)
                    .build())
            .overrideConfiguration(
                client ->
                    client
                        .retryStrategy(
                            StandardRetryStrategy.builder()
                                .maxAttempts(TRIES)
                                .throttlingBackoffStrategy(
                                    BackoffStrategy.exponentialDelay(
                                        firstPause, firstPause.multipliedBy(LONGEST_PAUSE)))
                                .build())
                        .addExecutionInterceptor(answers));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    var host = endpoint == null ? "s3." + region + ".amazonaws.com" : endpoint.getHost();
    return new S3Bucket(builder.build(), answers, bucket, prefix, kind, host);
  }

  private Profile byEndpoint() {
    return endpoint == null
            || endpoint.getHost().toLowerCase(Locale.ROOT).endsWith(".amazonaws.com")
        ? Profile.AWS
        : Profile.COMPATIBLE;
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "S3Settings[" + endpoint + "]";
  }
}
