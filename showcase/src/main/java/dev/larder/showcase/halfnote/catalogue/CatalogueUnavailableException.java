package dev.larder.showcase.halfnote.catalogue;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The external catalogue did not give a usable answer. Asking again later may help. */
public final class CatalogueUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CatalogueUnavailableException(URI uri, String fault, @Nullable Throwable cause) {
    super("The album catalogue gave no answer for " + uri + ": " + fault, cause);
  }
}
