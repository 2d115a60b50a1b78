package ca.assistantgazelle.dump;

import ca.assistantgazelle.destination.Destination;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A real destination whose first write waits until a test says go, and tells that it waits. */
record SlowDestination(Destination real, CompletableFuture<Void> started, CountDownLatch gate)
    implements Destination {
  SlowDestination(Destination real, CompletableFuture<Void> started) {
    this(real, started, new CountDownLatch(1));
  }

  void go() {
    gate.countDown();
  }

  @Override
  public Upload begin(String key) throws IOException {
    var upload = real.begin(key);
    return new Upload() {
      @Override
      public void write(byte[] some, int offset, int length) throws IOException {
        started.complete(null);
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new IOException("told to stop", e);
        }
        upload.write(some, offset, length);
      }

      @Override
      public void complete() throws IOException {
        upload.complete();
      }

      @Override
      public void abort() throws IOException {
        upload.abort();
      }
    };
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public String kind() {
    return real.kind();
  }

  @Override
  public String host() {
    return real.host();
  }

  @Override
  public void probe() throws IOException {
    real.probe();
  }

  @Override
  public OptionalLong room() throws IOException {
    return real.room();
  }

  @Override
  public void put(String key, byte[] content) throws IOException {
    real.put(key, content);
  }

  @Override
  public InputStream read(String key) throws IOException {
    return real.read(key);
  }

  @Override
  public List<StoredObject> list(String prefix) throws IOException {
    return real.list(prefix);
  }

  @Override
  public void delete(String key) throws IOException {
    real.delete(key);
  }

  @Override
  public int forgetUnfinished(Instant before) throws IOException {
    return real.forgetUnfinished(before);
  }

  @Override
  public void close() {
    real.close();
  }
}
