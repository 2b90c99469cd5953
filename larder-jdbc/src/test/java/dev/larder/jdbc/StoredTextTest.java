package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The form of texts in the database. */
class StoredTextTest {

  /** All texts of up to four characters that matter. */
  private static List<String> texts() {
    char[] alphabet = {'\0', '\1', '0', '1', 's', '#', 'd', '\ud800', '\udc00', '\u2713'};
    List<String> texts = new ArrayList<>(List.of(""));
    int from = 0;
    for (int length = 1; length <= 4; length++) {
      int to = texts.size();
      for (int i = from; i < to; i++) {
        for (char c : alphabet) {
          texts.add(texts.get(i) + c);
        }
      }
      from = to;
    }
    return texts;
  }

  @Test
  void texts_comeBackAndStayDifferent() {
    Map<String, String> seen = new HashMap<>();
    for (String text : texts()) {
      String stored = StoredText.of(text);
      assertThat(StoredText.back(stored)).isEqualTo(text);
      assertThat(stored).doesNotContain("\0");
      assertThat(new String(stored.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(stored);
      assertThat(seen.put(stored, text)).as(text).isNull();
    }
  }

  @Test
  void commonTexts_areThemselves() {
    for (String text : List.of("", "halfnote:album:v1:42", "zażółć ✓ \ud83e\udd6b", "\t\n\\")) {
      assertThat(StoredText.of(text)).isSameAs(text);
      assertThat(StoredText.back(text)).isSameAs(text);
      assertThat(StoredText.marker(text)).isSameAs(text);
    }
  }

  @Test
  void longMarkers_fitAnIndexAndStayDifferent() {
    Random random = new Random(7);
    Map<String, String> seen = new HashMap<>();
    for (char c : new char[] {'a', '\0', '\ud800', '\u4e00'}) {
      for (int length : new int[] {99, 100, 101, 699, 700, 701, 5_000, 50_000}) {
        for (String end : List.of("", "x", String.valueOf((char) random.nextInt(32, 127)) + "y")) {
          String name = String.valueOf(c).repeat(length) + end;
          String stored = StoredText.marker(name);
          assertThat(stored.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_600);
          assertThat(seen.put(stored, name)).isNull();
        }
      }
    }
  }
}
