package dev.larder.showcase.halfnote.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody searches for, brought into one form so that equal searches share one cache entry.
 *
 * @param words 1 to {@value #MOST_WORDS} words of letters and digits, in lower case
 */
public record SearchWords(List<String> words) {
  /** The most words that count; further ones are dropped. */
  public static final int MOST_WORDS = 5;

  /** The longest text searched. */
  public static final int LONGEST = 60;

  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  public SearchWords {
    words = List.copyOf(words);
  }

  /** The words in a text, or empty when it has none or is longer than {@value #LONGEST}. */
  public static Optional<SearchWords> of(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    List<String> words = BETWEEN
        .splitAsStream(text.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .distinct()
        .limit(MOST_WORDS)
        .toList();
    return words.isEmpty() ? Optional.empty() : Optional.of(new SearchWords(words));
  }

  /** PostgreSQL's form: every word must be the beginning of one in the text. */
  String tsquery() {
    return words.stream().map(word -> "'" + word + "':*").collect(Collectors.joining(" & "));
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
