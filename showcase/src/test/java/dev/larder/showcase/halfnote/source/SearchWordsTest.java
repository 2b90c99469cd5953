package dev.larder.showcase.halfnote.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchWordsTest {

  @ParameterizedTest
  @CsvSource({
    "silver, silver",
    "'  Silver   SPOON ', silver spoon",
    "silver silver Silver, silver",
    "o'neil & !x | (a:*), o neil x a",
    "Öl-Bär 2, öl bär 2",
    "a b c d e f g, a b c d e",
    "b a, b a",
  })
  void equalSearches_haveOneForm(String text, String form) {
    assertThat(SearchWords.of(text).orElseThrow()).hasToString(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "'!&", "--", "\u0000"})
  void textWithoutWords_isNoSearch(String text) {
    assertThat(SearchWords.of(text)).isEmpty();
  }

  @Test
  void longText_isNoSearch() {
    assertThat(SearchWords.of("x".repeat(SearchWords.LONGEST))).isPresent();
    assertThat(SearchWords.of("x".repeat(SearchWords.LONGEST + 1))).isEmpty();
  }

  @Test
  void tsquery_quotesEveryWordAndAsksForAll() {
    assertThat(SearchWords.of("big o'neil:*").orElseThrow().tsquery())
        .isEqualTo("'big':* & 'o':* & 'neil':*");
  }
}
