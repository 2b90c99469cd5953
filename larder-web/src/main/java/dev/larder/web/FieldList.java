package dev.larder.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Comma-separated field values: RFC 9110, section 5.6.1. */
final class FieldList {

  private FieldList() {}

  /** The elements of all lines, in order, trimmed; commas in quoted strings do not part them. */
  static List<String> elements(Collection<String> lines) {
    List<String> elements = new ArrayList<>();
    for (String line : lines) {
      split(line, ',', elements);
    }
    return elements;
  }

  /** The parts of one element, as {@code de;q=0.5}. */
  static List<String> parameters(String element) {
    List<String> parts = new ArrayList<>();
    split(element, ';', parts);
    return parts;
  }

  private static void split(String line, char separator, List<String> into) {
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        add(line.substring(start, i), into);
        start = i + 1;
      }
    }
    add(line.substring(start), into);
  }

  private static void add(String element, List<String> into) {
    String text = element.strip();
    if (!text.isEmpty()) {
      into.add(text);
    }
  }
}
