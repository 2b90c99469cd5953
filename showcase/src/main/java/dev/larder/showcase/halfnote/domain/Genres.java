package dev.larder.showcase.halfnote.domain;

import java.util.List;

/** The genres a user may name as favourites. */
public final class Genres {
  /** All of them, in the order shown. */
  public static final List<String> ALL = List.of(
      "Ambient",
      "Blues",
      "Classical",
      "Country",
      "Dub",
      "Electronic",
      "Folk",
      "Funk",
      "Hip-Hop",
      "House",
      "Jazz",
      "Latin",
      "Metal",
      "Pop",
      "Punk",
      "Reggae",
      "Rock",
      "Soul",
      "Soundtrack",
      "Techno");

  /** The most favourites a user may name. */
  public static final int MOST_FAVOURITES = 5;

  private Genres() {}
}
