package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the tables of docs/spring-boot.md against the metadata that editors show. */
class PropertiesPageTest {

  private static String page() throws Exception {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("docs/spring-boot.md"))) {
      here = here.getParent();
    }
    return Files.readString(here.resolve("docs/spring-boot.md"));
  }

  @Test
  void table_isTheMetadata() throws Exception {
    List<String> rows = new ArrayList<>();
    try (InputStream metadata = LarderProperties.class.getResourceAsStream(
        "/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : JsonMapper.shared().readTree(metadata).get("properties")) {
        JsonNode value = property.get("defaultValue");
        rows.add("| `%s` | %s | %s |"
            .formatted(
                property.get("name").asString(),
                value == null ? "" : "`" + value.asString() + "`",
                property.get("description").asString()));
      }
    }

    assertThat(rows).hasSizeGreaterThan(15);
    assertThat(page().lines().filter(line -> line.matches("\\| `(larder|management)\\..*")))
        .containsExactlyElementsOf(rows.stream().sorted().toList());
  }

  @Test
  void cachesTable_hasARowForEachSetting() throws Exception {
    List<String> names = Arrays.stream(CacheProperties.class.getRecordComponents())
        .map(RecordComponent::getName)
        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase())
        .toList();

    String page = page();
    String table = page.substring(page.indexOf("### Of one cache"), page.indexOf("## Beans"));
    assertThat(table.lines().filter(line -> line.startsWith("| `")))
        .map(line -> line.substring(3, line.indexOf('`', 3)))
        .containsExactlyElementsOf(names);
  }
}
