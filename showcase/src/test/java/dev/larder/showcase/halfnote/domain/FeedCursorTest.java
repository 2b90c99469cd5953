package dev.larder.showcase.halfnote.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedCursorTest {

  @ParameterizedTest
  @CsvSource({
    "2025-06-30T00:00:00Z, 42, 1751241600000000-42",
    "2025-06-30T00:00:00.000001Z, 1, 1751241600000001-1",
    "1970-01-01T00:00:00Z, 0, 0-0",
    "2025-06-30T23:59:59.999999Z, 999999999999999999, 1751327999999999-999999999999999999",
  })
  void textForm_isReadBack(Instant at, long id, String text) {
    FeedCursor cursor = new FeedCursor(at, id);
    assertThat(cursor).hasToString(text);
    assertThat(FeedCursor.parse(text)).contains(cursor);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "1-",
        "-1",
        "1-2-3",
        "1--2",
        "x-1",
        "1-x",
        " 1-2",
        "1-2 ",
        "+1-2",
        "123456789012345678-1",
        "1-1234567890123456789",
        "١-٢"
      })
  void otherText_isNoCursor(String text) {
    assertThat(FeedCursor.parse(text)).isEmpty();
  }
}
