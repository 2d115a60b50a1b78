package ca.assistantgazelle.catalogue;

/** The catalogue cannot be used; the message names the file, the job, the key and the value. */
public final class InvalidCatalogueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidCatalogueException(String message) {
    super(message);
  }
}
