package dev.larder.showcase.halfnote.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.showcase.halfnote.domain.Avatar;
import dev.larder.showcase.web.Refused;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PicturesTest {
  private final Pictures pictures = new Pictures();

  @Test
  void everyAvatar_isADrawingOfItsOwn() throws Exception {
    Set<String> seen = new HashSet<>();
    for (String shape : Avatar.SHAPES) {
      for (int hue : new int[] {0, 359}) {
        String svg = body(pictures.avatar(shape + "-" + hue));
        assertThat(parsed(svg).getDocumentElement().getTagName()).isEqualTo("svg");
        seen.add(svg);
      }
    }
    assertThat(seen).hasSize(2 * Avatar.SHAPES.size());
  }

  @Test
  void cover_followsFromTheNumberAlone() throws Exception {
    Set<String> seen = new HashSet<>();
    for (long album : List.of(1L, 2L, 3L, 5_000L, -1L, Long.MAX_VALUE)) {
      String svg = body(pictures.cover(album));
      assertThat(parsed(svg).getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 120 120");
      assertThat(body(new Pictures().cover(album))).isEqualTo(svg);
      seen.add(svg);
    }
    assertThat(seen).hasSize(6);
  }

  @Test
  void answer_isKeptForGood() {
    ResponseEntity<String> answer = pictures.cover(1);
    assertThat(answer.getHeaders().getContentType()).hasToString("image/svg+xml");
    assertThat(answer.getHeaders().getCacheControl()).contains("max-age=31536000", "immutable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ring", "ring-360", "ring-", "blob-1", "ring-1'/><script>", "RING-1"})
  void otherName_isNoAvatar(String name) {
    assertThatThrownBy(() -> pictures.avatar(name)).isInstanceOf(Refused.class);
  }

  private static String body(ResponseEntity<String> answer) {
    return answer.getBody();
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
