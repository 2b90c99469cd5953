package dev.larder.cli.check;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.manage.Advice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Settings as they are added to a configuration of Spring Boot. What stands in the file stays as it is:
 * of two lines in properties the later holds, and so does the later of two documents in YAML.
 */
final class ConfigurationText {

  private final Path file;
  private final String added;

  private ConfigurationText(Path file, String added) {
    this.file = file;
    this.added = added;
  }

  /** Returns if it is a file whose form is known. */
  static void requireKind(Path file) {
    if (!isYaml(file) && !file.toString().toLowerCase(Locale.ROOT).endsWith(".properties")) {
      throw Fault.usage("--apply-to is " + file + ", must end in .properties, .yaml or .yml", "");
    }
  }

  static ConfigurationText of(Path file, List<Advice> all) {
    Map<String, Map<String, String>> caches = new TreeMap<>();
    all.stream()
        .filter(it -> !it.settings().isEmpty())
        .forEach(it ->
            caches.computeIfAbsent(it.cache(), name -> new TreeMap<>()).putAll(it.settings()));
    return of(file, caches);
  }

  /** Settings by the name of their cache. */
  static ConfigurationText of(Path file, Map<String, Map<String, String>> caches) {
    return new ConfigurationText(
        file, caches.isEmpty() ? "" : isYaml(file) ? yaml(caches) : properties(caches));
  }

  private static boolean isYaml(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static String yaml(Map<String, Map<String, String>> caches) {
    // The mapper begins with the mark of a new document.
    Map<String, Object> named = new TreeMap<>();
    caches.forEach(
        (cache, settings) -> named.put(isPlain(cache) ? cache : "[" + cache + "]", settings));
    return new YAMLMapper()
        .writeValueAsString(Map.of("larder", Map.of("caches", named)))
        .stripTrailing();
  }

  private static String properties(Map<String, Map<String, String>> caches) {
    StringBuilder text = new StringBuilder();
    caches.forEach((cache, settings) ->
        settings.forEach((name, value) -> text.append("larder.caches")
            .append(isPlain(cache) ? "." + cache : "[" + escaped(cache) + "]")
            .append('.')
            .append(escaped(name))
            .append('=')
            .append(escaped(value))
            .append('\n')));
    return text.toString().stripTrailing();
  }

  /** Of other names Spring Boot leaves out characters, unless they stand in brackets. */
  private static boolean isPlain(String cache) {
    return cache.matches("[A-Za-z0-9-]+");
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\:=#! ])", "\\\\$1").replace("\n", "\\n").replace("\r", "\\r");
  }

  boolean isEmpty() {
    return added.isEmpty();
  }

  String added() {
    return added;
  }

  void write() {
    try {
      boolean hasEnd =
          !Files.exists(file) || Files.size(file) == 0 || Files.readString(file).endsWith("\n");
      Files.writeString(
          file,
          (hasEnd ? "" : "\n") + added + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new Fault(
          ExitCode.FAILED,
          file + " cannot be written",
          failure.getClass().getSimpleName() + ": " + failure.getMessage(),
          "name a file in a folder that is there and may be written");
    }
  }
}
