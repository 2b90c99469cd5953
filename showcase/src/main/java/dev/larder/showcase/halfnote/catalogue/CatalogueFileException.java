package dev.larder.showcase.halfnote.catalogue;

import java.nio.file.Path;

/** A catalogue file cannot be used. Nothing was loaded from it and nothing was changed. */
public final class CatalogueFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CatalogueFileException(Path file, String fault) {
    super("Catalogue file " + file + " cannot be used: " + fault + ".");
  }
}
