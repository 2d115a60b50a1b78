package ca.assistantgazelle.runner.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder {@code .gazelle}: everything a local system keeps. Its secrets are readable by its
 * owner only; others may pass through, because PostgreSQL may have to run as somebody else.
 */
public record Home(Path folder, Path repository) {
  /**
   * The property {@code gazelle.home} puts it elsewhere, so that a test does not meet the
   * developer's own system.
   */
  public static Home of(Path repository) {
    try {
      var elsewhere = System.getProperty("gazelle.home");
      var folder = elsewhere == null ? repository.resolve(".gazelle") : Path.of(elsewhere);
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
      return new Home(folder, repository);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder of that name, made when it is not there. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path log(String name) {
    return folder("logs").resolve(name + ".log");
  }

  /** Where a process's JVM keeps its class archive. */
  public Path archive(String name) {
    return folder("cache").resolve(name + ".jsa");
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes a file that only its owner may read. */
  public void writeSecret(String name, String content) {
    try {
      var file = file(name);
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
