package dev.larder.showcase.halfnote.domain;

import java.util.List;

/**
 * What a search found.
 *
 * @param query the words searched, normalised
 * @param people at most {@value #MOST}
 * @param albums at most {@value #MOST}
 */
public record SearchResult(String query, List<Person> people, List<Album> albums) {
  /** The most results of one kind. */
  public static final int MOST = 12;

  public SearchResult {
    people = List.copyOf(people);
    albums = List.copyOf(albums);
  }
}
