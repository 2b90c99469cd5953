package dev.larder.showcase.halfnote.catalogue;

import dev.larder.showcase.halfnote.domain.AlbumDetails.Track;
import java.util.List;

/**
 * An album as the catalogue service answers it.
 *
 * @param id the catalogue's id, opaque to others
 * @param title 1 to 300 characters
 * @param artist 1 to 300 characters
 * @param genres at least one
 * @param tracks in playing order, may be empty
 * @param otherTitles other titles of the same artist, at most 12
 */
public record CatalogueAlbum(
    String id,
    String title,
    String artist,
    List<String> genres,
    List<Track> tracks,
    List<String> otherTitles) {

  /** The most other titles of an artist that are named. */
  public static final int MOST_OTHER_TITLES = 12;

  public CatalogueAlbum {
    genres = List.copyOf(genres);
    tracks = List.copyOf(tracks);
    otherTitles = List.copyOf(otherTitles);
  }
}
