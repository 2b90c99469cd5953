package dev.larder.showcase.halfnote.domain;

import java.time.Instant;
import java.util.List;

/**
 * A list of albums kept by a user, with its first albums.
 *
 * @param id the list's number
 * @param title 1 to 100 characters
 * @param description at most 500 characters, may be empty
 * @param isPublic whether anybody but the owner may see it
 * @param size how many albums it holds
 * @param first the first {@value #FIRST} albums
 * @param updatedAt last change of text or content
 */
public record AlbumList(
    long id,
    String title,
    String description,
    boolean isPublic,
    int size,
    List<Album> first,
    Instant updatedAt) {
  /** The most albums shown beside a list's title. */
  public static final int FIRST = 4;

  public AlbumList {
    first = List.copyOf(first);
  }
}
