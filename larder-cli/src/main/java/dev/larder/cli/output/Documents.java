package dev.larder.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Answers for programs. A class of its own, so that tables for people load no library. */
final class Documents {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  private Documents() {}

  static String json(Answer answer) {
    ObjectWriter writer = JSON.writer().with(SerializationFeature.INDENT_OUTPUT);
    return writer.writeValueAsString(whole(answer));
  }

  static String yaml(Answer answer) {
    YAMLMapper yaml = YAMLMapper.builder()
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
        .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
        .disable(YAMLWriteFeature.SPLIT_LINES)
        .build();
    return yaml.writeValueAsString(whole(answer)).stripTrailing();
  }

  static List<String> ndjson(Answer answer) {
    return answer.items().stream().map(it -> object(answer.name(), it)).toList();
  }

  /** Rows with or without their heading. */
  static String csv(Answer answer, boolean hasHeading) {
    CsvSchema.Builder schema = CsvSchema.builder();
    answer.rows().columns().forEach(it -> schema.addColumn(it.name()));
    List<List<Object>> rows = new ArrayList<>();
    for (List<Cell> row : answer.rows().rows()) {
      List<Object> values = new ArrayList<>();
      for (Cell cell : row) {
        Object value = cell.value();
        values.add(
            value == null ? "" : value instanceof String text ? VisibleText.of(text) : value);
      }
      rows.add(values);
    }
    return new CsvMapper()
        .writer(schema.setUseHeader(hasHeading).build())
        .writeValueAsString(rows)
        .stripTrailing();
  }

  private static Map<String, Object> whole(Answer answer) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("schema", Format.SCHEMA);
    whole.put(answer.name(), answer.content());
    return whole;
  }

  private static String object(String name, Object item) {
    ObjectNode object = JSON.createObjectNode().put("schema", Format.SCHEMA);
    JsonNode node = JSON.valueToTree(item);
    if (node instanceof ObjectNode fields) {
      object.setAll(fields);
    } else {
      object.set(name, node);
    }
    return JSON.writeValueAsString(object);
  }
}
