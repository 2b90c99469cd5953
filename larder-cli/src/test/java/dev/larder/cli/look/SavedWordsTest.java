package dev.larder.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One figure has one meaning, wherever it is read of. */
class SavedWordsTest {

  private static final String MEANING = "what callers were spared by hits, less what lookups and"
      + " misses cost them beside loads; negative where that is more";

  private static String inOneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void help_saysWhatSavedMeans() {
    Cli cli = new Cli(target -> {
      throw new AssertionError("nobody is to be asked");
    });
    assertThat(cli.run("stats", "--help")).isZero();
    assertThat(inOneLine(cli.out)).contains("SAVED is " + MEANING);
  }

  /** A mean of all loads says little of the values that are asked for again and again. */
  @Test
  void helpAndDocs_sayWhatItGoesBy() throws Exception {
    String what =
        "goes by how long the values that hits found had taken to load, by a sample, else by"
            + " the mean load so far; a lookup of many keys counts as one load; ";
    Cli cli = new Cli(target -> {
      throw new AssertionError("nobody is to be asked");
    });
    assertThat(cli.run("stats", "--help")).isZero();
    assertThat(inOneLine(cli.out)).contains(what);
    assertThat(inOneLine(Files.readString(Path.of("..", "docs", "cli.md")))).contains(what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cli.md", "advisor.md"})
  void docs_sayTheSame(String page) throws Exception {
    assertThat(inOneLine(Files.readString(Path.of("..", "docs", page)))).contains(MEANING);
  }
}
