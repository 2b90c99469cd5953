package dev.larder.showcase.scoreboard;

import dev.larder.showcase.halfnote.catalogue.Catalogue;
import dev.larder.showcase.halfnote.catalogue.CatalogueAlbum;
import dev.larder.showcase.halfnote.source.SearchWords;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The requests of each row, in an order that is the same at every run. No two of a row read the same
 * thing.
 */
final class Questions {
  private static final long SEED = 4711;
  private static final int MOST_SEARCHES = 2_000;
  private static final int SEARCHED_LETTERS = 4;

  /**
   * A request.
   *
   * @param user who asks
   */
  record Question(String path, long user) {}

  private final List<Long> users;
  private final List<Long> albums;
  private final List<String> searches;

  Questions(int users, Catalogue catalogue) {
    this.users = shuffled(users);
    albums = shuffled(catalogue.size());
    searches = searches(catalogue, albums);
  }

  /** How many there are of a row. */
  int size(Row row) {
    return switch (row) {
      case FEED, REVIEWS, LISTS -> users.size();
      case ALBUM -> albums.size();
      case SEARCH -> searches.size();
    };
  }

  /** How many users there are. */
  int users() {
    return users.size();
  }

  /** How many albums there are. */
  int albums() {
    return albums.size();
  }

  /** One of a row, 0 to {@link #size} - 1. */
  Question at(Row row, int index) {
    return switch (row) {
      case FEED -> feed(users.get(index));
      case REVIEWS -> new Question("/users/" + users.get(index) + "/reviews", users.get(index));
      case LISTS -> new Question("/users/" + users.get(index) + "/lists", users.get(index));
      case ALBUM -> new Question("/albums/" + albums.get(index), users.get(0));
      case SEARCH ->
        new Question(
            "/search?q=" + URLEncoder.encode(searches.get(index), StandardCharsets.UTF_8),
            users.get(0));
    };
  }

  /** What friends of a user did. */
  static Question feed(long user) {
    return new Question("/users/" + user + "/feed?kind=friends", user);
  }

  private static List<Long> shuffled(int count) {
    List<Long> all = new ArrayList<>(LongStream.rangeClosed(1, count).boxed().toList());
    Collections.shuffle(all, new Random(SEED));
    return all;
  }

  /** The first letters of an artist and of a title, as somebody types them. */
  private static List<String> searches(Catalogue catalogue, List<Long> order) {
    Set<String> found = new LinkedHashSet<>();
    for (long id : order) {
      CatalogueAlbum album = catalogue.album((int) id - 1);
      SearchWords.of(cut(album.artist())).ifPresent(words -> found.add(first(words)));
      SearchWords.of(cut(album.artist() + " " + album.title()))
          .ifPresent(words -> found.add(first(words) + " " + last(words)));
      if (found.size() >= MOST_SEARCHES) {
        break;
      }
    }
    return List.copyOf(found);
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(SearchWords.LONGEST, text.length()));
  }

  private static String first(SearchWords words) {
    String word = words.words().get(0);
    return word.substring(0, Math.min(SEARCHED_LETTERS, word.length()));
  }

  private static String last(SearchWords words) {
    return words.words().get(words.words().size() - 1);
  }
}
