package dev.larder.cli.connect;

import dev.larder.cli.exit.ExitCode;
import dev.larder.cli.exit.Fault;
import dev.larder.cli.exit.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code larder.yaml} in the working folder: a text per key. */
final class SettingsFile {

  static final String NAME = "larder.yaml";

  private static final Set<String> KEYS = Set.of(
      "url",
      "redis",
      "redis-password-file",
      "database",
      "database-user",
      "database-password-file",
      "key-prefix",
      "token-file");

  private SettingsFile() {}

  /** What the file says; nothing if there is none. */
  static Map<String, String> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    Map<String, Object> found;
    try {
      found = new YAMLMapper().readValue(file, new TypeReference<Map<String, Object>>() {});
    } catch (JacksonException failure) {
      throw new Fault(
          ExitCode.USAGE,
          file + " cannot be read",
          failure.getOriginalMessage(),
          "write one 'key: value' per line; the keys are " + keys());
    }
    Map<String, String> settings = new LinkedHashMap<>();
    if (found == null) {
      return settings;
    }
    found.forEach((key, value) -> {
      if (!KEYS.contains(key)) {
        throw new Fault(
            ExitCode.USAGE,
            file + " has the unknown key '" + key + "'",
            "the keys are " + keys(),
            Nearest.to(key, KEYS).map(it -> "did you mean " + it + "?").orElse(""));
      }
      if (value != null) {
        settings.put(key, value.toString());
      }
    });
    return settings;
  }

  private static String keys() {
    return String.join(", ", KEYS.stream().sorted().toList());
  }
}
