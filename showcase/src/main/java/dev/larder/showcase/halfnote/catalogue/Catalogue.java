package dev.larder.showcase.halfnote.catalogue;

import java.util.Optional;

/** All albums the external service knows, in a fixed order. Safe for use by many threads. */
public interface Catalogue {
  /** How many albums there are. */
  int size();

  /**
   * The album at a place.
   *
   * @param index 0 to {@link #size()} - 1
   * @throws IndexOutOfBoundsException if there is no such place
   */
  CatalogueAlbum album(int index);

  /** The album with this id, or empty. */
  Optional<CatalogueAlbum> find(String id);

  /** Tells two catalogues apart: equal content gives an equal text, on every machine. */
  String fingerprint();
}
