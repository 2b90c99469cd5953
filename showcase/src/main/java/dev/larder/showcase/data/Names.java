package dev.larder.showcase.data;

import java.util.Locale;
import java.util.SplittableRandom;

/** Invents names out of syllables: plausible, and nobody's. Not safe for use by many threads. */
public final class Names {
  private static final String[] HEADS = {
    "ba", "be", "da", "do", "el", "fa", "fi", "ga", "ha", "hu", "i", "jo", "ka", "ke", "la", "le",
    "li", "lo", "ma", "mi", "mo", "na", "ni", "no", "o", "pe", "ra", "re", "ro", "sa", "si", "so",
    "ta", "te", "ti", "to", "u", "va", "ve", "vi", "wi", "ya", "yo", "za", "zo"
  };
  private static final String[] TAILS = {
    "ben", "da", "din", "dra", "fen", "ka", "la", "len", "lin", "lo", "mar", "men", "mir", "na",
    "nel", "no", "ra", "ren", "ri", "ro", "sa", "sel", "ska", "ta", "tar", "ten", "tis", "va",
    "vin", "wen", "ya", "zan"
  };
  private static final String[] PLACES = {
    "North ", "Upper ", "Old ", "Lower ", "East ", "New ", "Port ", "", "", "", "", ""
  };

  private final SplittableRandom random;

  /** Names that are drawn from {@code random}, which others may draw from too. */
  public Names(SplittableRandom random) {
    this.random = random;
  }

  /** A name of syllables and the user's number, so that no two users share one: mira204. */
  public String username(long id) {
    return head() + tail() + (random.nextInt(4) == 0 ? tail() : "") + id;
  }

  /** A first name and a last name. */
  public String displayName() {
    return capital(head() + tail()) + " " + capital(head() + tail() + tail());
  }

  /** A place, or for one in five the empty text. */
  public String place() {
    return random.nextInt(5) == 0 ? "" : pick(PLACES) + capital(head() + tail());
  }

  private String head() {
    return pick(HEADS);
  }

  private String tail() {
    return pick(TAILS);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
