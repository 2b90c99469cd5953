package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Examples on the pages about Spring, Hibernate and HTTP are parts of sources that are compiled and run:
 * each paragraph of a block, up to an ellipsis, is in one file as it stands there, comments and line
 * breaks apart. Tests that any page names are there.
 */
class DocumentedExamplesTest {

  private static final Pattern BLOCK =
      Pattern.compile("```(?:java|html|graphql)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMENT =
      Pattern.compile("(?m)(^|\\s+)(//|# ).*$|<!--.*?-->|@ConditionalOn\\w+(\\([^)]*\\))?");
  private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT))`");
  private static final Set<String> LEFT_OUT = Set.of("target", "node_modules", ".git");
  private static final List<Path> FILES = files();
  private static final List<String> SOURCES = FILES.stream()
      .map(DocumentedExamplesTest::read)
      .map(DocumentedExamplesTest::plain)
      .toList();

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("docs/spring-boot.md"))) {
      here = here.getParent();
    }
    return here;
  }

  private static List<Path> files() {
    List<Path> found = new ArrayList<>();
    collect(root(), found);
    return found;
  }

  private static void collect(Path folder, List<Path> found) {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
          if (!LEFT_OUT.contains(name)) {
            collect(entry, found);
          }
        } else if (name.matches(".*\\.(java|html|graphqls)")) {
          found.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String plain(String code) {
    return COMMENT.matcher(code).replaceAll("").replaceAll("\\s+", "");
  }

  /** What has to be in one file each; braces that an ellipsis leaves open or closes are taken off. */
  private static List<String> pieces(String block) {
    return Stream.of(block.split("…|\\n\\s*\\n"))
        .map(DocumentedExamplesTest::plain)
        .map(piece -> piece.replaceAll("^[{};)]+|[{}]+$", ""))
        .filter(piece -> !piece.isEmpty())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spring-boot",
        "annotations",
        "spring-cache",
        "transactions",
        "hibernate",
        "http",
        "fragments",
        "sessions",
        "graphql",
        "tiers"
      })
  void examples_areCompiledAndRun(String page) {
    List<String> pieces = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(read(root().resolve("docs/" + page + ".md")));
    while (blocks.find()) {
      pieces.addAll(pieces(blocks.group(1)));
    }
    assertThat(pieces).isNotEmpty();
    assertThat(pieces)
        .filteredOn(piece -> SOURCES.stream().noneMatch(source -> source.contains(piece)))
        .as("what no source has")
        .isEmpty();
  }

  @Test
  void testsThatPagesName_areThere() throws IOException {
    Set<String> classes = FILES.stream()
        .map(file -> file.getFileName().toString().replace(".java", ""))
        .collect(Collectors.toSet());
    Set<String> named = new TreeSet<>();
    try (Stream<Path> pages = Files.walk(root().resolve("docs"))) {
      for (Path page : pages.filter(each -> each.toString().endsWith(".md")).toList()) {
        Matcher names = NAMED_TEST.matcher(read(page));
        while (names.find()) {
          named.add(names.group(1));
        }
      }
    }
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(classes).containsAll(named);
  }
}
