package dev.larder.showcase.host;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps from a system the auto-configurations that it did not ask for: all systems share one class
 * path, and what one needs must not change another. Property {@value #PROPERTY} has the words of
 * those it wants; auto-configurations that belong to no word are left to Spring Boot.
 */
final class Features implements AutoConfigurationImportFilter, EnvironmentAware {
  static final String PROPERTY = "showcase.features";

  private static final String BOOT = "org.springframework.boot.";

  private static final Map<String, List<String>> PACKAGES = packages();

  private Set<String> wanted = Set.of();

  private static Map<String, List<String>> packages() {
    Map<String, List<String>> packages = new LinkedHashMap<>();
    packages.put("jdbc", List.of(BOOT + "jdbc.", BOOT + "sql.", BOOT + "transaction."));
    // Named words win over those below them: the first that fits decides.
    packages.put(
        "jpa",
        List.of(
            BOOT + "hibernate.",
            BOOT + "jpa.",
            BOOT + "data.",
            BOOT + "persistence.",
            "dev.larder.spring.boot.LarderHibernate"));
    packages.put("graphql", List.of(BOOT + "graphql.", "dev.larder.spring.boot.LarderGraphQl"));
    packages.put("security", List.of(BOOT + "security."));
    packages.put("session", List.of(BOOT + "session.", "dev.larder.spring.boot.LarderSession"));
    packages.put("websocket", List.of(BOOT + "websocket."));
    packages.put("web-cache", List.of("dev.larder.web."));
    // It reads all templates there are, those of other systems too.
    packages.put("fragments", List.of("dev.larder.spring.boot.LarderFragments"));
    packages.put("larder", List.of("dev.larder.spring.boot."));
    return packages;
  }

  @Override
  public void setEnvironment(Environment environment) {
    Set<String> words = new TreeSet<>(
        Arrays.asList(environment.getProperty(PROPERTY, String[].class, new String[0])));
    Set<String> unknown = new TreeSet<>(words);
    unknown.removeAll(PACKAGES.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          PROPERTY + " is " + words + ", must be of " + PACKAGES.keySet());
    }
    wanted = words;
  }

  @Override
  public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
    boolean[] matches = new boolean[candidates.length];
    for (int i = 0; i < candidates.length; i++) {
      String candidate = candidates[i];
      matches[i] = candidate == null || isWanted(candidate);
    }
    return matches;
  }

  private boolean isWanted(String configuration) {
    for (Map.Entry<String, List<String>> feature : PACKAGES.entrySet()) {
      if (feature.getValue().stream().anyMatch(configuration::startsWith)) {
        return wanted.contains(feature.getKey());
      }
    }
    return true;
  }
}
