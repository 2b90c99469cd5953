package dev.larder.cli.connect;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The settings of a Spring Boot application whose files lie in the working folder, as far as they tell where it
 * and its stores are. Of Spring's rules these hold: places, profiles, parts of a file, placeholders, and
 * variables for single properties. Imports and encrypted values do not.
 */
final class ApplicationFiles {

  /** Where files are, the least first. */
  private static final List<String> PLACES =
      List.of("src/main/resources", "src/main/resources/config", "", "config");

  private static final List<String> KINDS = List.of("yml", "yaml", "properties");
  private static final Pattern PART = Pattern.compile("(?m)^[#!]---[ \\t]*$");
  private static final String PROFILES = "spring.profiles.active";
  private static final String CONDITION = "spring.config.activate.on-profile";

  private ApplicationFiles() {}

  /** All properties that hold with the active profiles; none if there is no such file. */
  static ApplicationProperties read(Path folder, Map<String, String> environment) {
    List<Map<String, String>> plain = parts(folder, "application");
    if (plain.isEmpty()) {
      return new ApplicationProperties(Map.of(), environment);
    }
    Map<String, String> always = new LinkedHashMap<>();
    plain.stream().filter(part -> !isConditional(part)).forEach(always::putAll);
    String named = new ApplicationProperties(always, environment).get(PROFILES);
    if (named == null) {
      named = listed(always);
    }
    List<String> profiles = named == null || named.isBlank()
        ? List.of("default")
        : List.of(named.strip().split("\\s*,\\s*"));
    Map<String, String> all = new LinkedHashMap<>();
    add(plain, profiles, all);
    for (String profile : profiles) {
      add(parts(folder, "application-" + profile), profiles, all);
    }
    return new ApplicationProperties(all, environment);
  }

  private static @Nullable String listed(Map<String, String> properties) {
    List<String> all = new ArrayList<>();
    for (int i = 0; properties.containsKey(PROFILES + "[" + i + "]"); i++) {
      all.add(properties.getOrDefault(PROFILES + "[" + i + "]", ""));
    }
    return all.isEmpty() ? null : String.join(",", all);
  }

  private static void add(
      List<Map<String, String>> parts, List<String> profiles, Map<String, String> all) {
    parts.stream()
        .filter(part -> !isConditional(part) || holds(conditions(part), profiles))
        .forEach(all::putAll);
  }

  private static boolean isConditional(Map<String, String> part) {
    return !conditions(part).isEmpty();
  }

  private static List<String> conditions(Map<String, String> part) {
    return part.entrySet().stream()
        .filter(it -> it.getKey().equals(CONDITION) || it.getKey().startsWith(CONDITION + "["))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** One of them has to hold; {@code &} and {@code !} are known, brackets are not. */
  private static boolean holds(List<String> conditions, List<String> profiles) {
    for (String condition : conditions) {
      for (String either : condition.split("[,|]", -1)) {
        boolean all = true;
        for (String each : either.split("&", -1)) {
          String name = each.strip();
          all &= name.startsWith("!")
              ? !profiles.contains(name.substring(1).strip())
              : profiles.contains(name);
        }
        if (all) {
          return true;
        }
      }
    }
    return false;
  }

  /** The parts of all files of a name, those that override later. */
  private static List<Map<String, String>> parts(Path folder, String name) {
    List<Map<String, String>> parts = new ArrayList<>();
    for (String place : PLACES) {
      for (String kind : KINDS) {
        Path file = folder.resolve(place).resolve(name + "." + kind);
        if (Files.isRegularFile(file)) {
          try {
            parts.addAll(kind.equals("properties") ? properties(file) : yaml(file));
          } catch (IOException | JacksonException | IllegalArgumentException failure) {
            // The text may hold secrets, so that it is not repeated.
            throw new Fault(
                ExitCode.USAGE,
                file + " cannot be read",
                failure instanceof JacksonException jackson && jackson.getLocation() != null
                    ? "line " + jackson.getLocation().getLineNr() + " is not YAML"
                    : failure.getClass().getSimpleName(),
                "name whom to ask by --url, or by --redis and --database");
          }
        }
      }
    }
    return parts;
  }

  private static List<Map<String, String>> properties(Path file) throws IOException {
    List<Map<String, String>> parts = new ArrayList<>();
    for (String text : PART.split(Files.readString(file, StandardCharsets.UTF_8), -1)) {
      Properties read = new Properties();
      read.load(new StringReader(text));
      Map<String, String> part = new LinkedHashMap<>();
      read.stringPropertyNames().forEach(it -> part.put(it, read.getProperty(it)));
      parts.add(part);
    }
    return parts;
  }

  private static List<Map<String, String>> yaml(Path file) {
    List<Map<String, String>> parts = new ArrayList<>();
    try (MappingIterator<Object> documents =
        new YAMLMapper().readerFor(new TypeReference<Object>() {}).readValues(file.toFile())) {
      while (documents.hasNextValue()) {
        Map<String, String> part = new LinkedHashMap<>();
        flatten("", documents.nextValue(), part);
        parts.add(part);
      }
    }
    return parts;
  }

  private static void flatten(String name, @Nullable Object value, Map<String, String> part) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) ->
          flatten(name.isEmpty() ? String.valueOf(key) : name + "." + key, inner, part));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        flatten(name + "[" + i + "]", list.get(i), part);
      }
    } else if (value != null) {
      part.put(name, value.toString());
    }
  }
}
