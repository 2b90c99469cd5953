package dev.larder.web.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at path patterns. */
final class Patterns {

  private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([A-Za-z_$][\\w$-]*)");

  private Patterns() {}

  /** The names of a pattern's variables. */
  static List<String> variables(String pattern) {
    List<String> names = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(pattern);
    while (variable.find()) {
      names.add(variable.group(1));
    }
    return names;
  }

  /** Whether it matches more than its variables tell. */
  static boolean hasWildcard(String pattern) {
    return pattern.replaceAll("\\{[^/]*}", "").matches(".*[*?].*");
  }
}
