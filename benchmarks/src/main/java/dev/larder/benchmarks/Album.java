package dev.larder.benchmarks;

import java.util.List;

/** A value of about 500 bytes as JSON, as a page would show it. */
record Album(long id, String title, String artist, int year, List<String> tracks) {

  static Album of(long id) {
    return new Album(
        id,
        "Album number " + id,
        "Artist number " + id % 97,
        1960 + (int) (id % 60),
        List.of(
            "First track of " + id,
            "Second track of " + id,
            "Third track, the long one, of " + id,
            "Fourth track of " + id,
            "Fifth track of " + id,
            "Sixth track of " + id,
            "Seventh track of " + id,
            "Eighth track of " + id,
            "Ninth track of " + id,
            "Tenth and last track of " + id));
  }
}
