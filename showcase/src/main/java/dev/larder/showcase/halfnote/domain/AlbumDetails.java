package dev.larder.showcase.halfnote.domain;

import java.util.List;

/**
 * An album with what the external catalogue says about it. Costs one call of the slow catalogue
 * service.
 *
 * @param album the album itself
 * @param genres at least one
 * @param tracks in playing order
 * @param otherTitles other titles of the same artist in the catalogue, at most 12
 */
public record AlbumDetails(
    Album album, List<String> genres, List<Track> tracks, List<String> otherTitles) {

  public AlbumDetails {
    genres = List.copyOf(genres);
    tracks = List.copyOf(tracks);
    otherTitles = List.copyOf(otherTitles);
  }

  /**
   * One track.
   *
   * @param name as in the catalogue
   * @param millis playing time in milliseconds
   */
  public record Track(String name, long millis) {
    /** Playing time in minutes and seconds, for people: {@code 3:21}. Not part of the value. */
    public String playingTime() {
      long seconds = millis / 1_000;
      return seconds / 60 + (seconds % 60 < 10 ? ":0" : ":") + seconds % 60;
    }
  }
}
