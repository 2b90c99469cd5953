package dev.larder.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsolePicturesTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Path FRAME =
      Path.of("src", "main", "resources", "dev", "larder", "console", "page", "app.js");

  @Test
  void eachPage_hasItsPictureInTheDocs() throws IOException {
    String frame = Files.readString(FRAME);
    String pages = frame.substring(frame.indexOf("const PAGES"), frame.indexOf("const THEMES"));
    List<String> names = Pattern.compile("\\['(\\w+)'")
        .matcher(pages)
        .results()
        .map(found -> found.group(1))
        .toList();
    assertThat(names).hasSize(10).contains("overview", "sessions");
    String page = Files.readString(DOCS.resolve("console.md"));
    for (String name : names) {
      String picture = "images/console-" + name + ".png";
      assertThat(DOCS.resolve(picture)).isNotEmptyFile();
      assertThat(page).contains("(" + picture + ")");
    }
  }
}
