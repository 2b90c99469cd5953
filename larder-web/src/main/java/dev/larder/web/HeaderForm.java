package dev.larder.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The normal form of a keyed header (RFC 9111, section 4.1). The handler is shown this form and not
 * what was sent, so its response is a function of the key.
 */
final class HeaderForm {

  /** Fields of the form {@code a, b;q=0.5}. */
  private static final Set<String> WEIGHTED =
      Set.of("accept", "accept-language", "accept-charset", "accept-encoding");

  private record Weighted(String value, double weight) {}

  private HeaderForm() {}

  /** The normal form of all lines of a header; empty if the request has none. */
  static String of(HttpServletRequest request, String name) {
    String key = name.toLowerCase(Locale.ROOT);
    if (key.equals("host")) {
      return request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort();
    }
    List<String> lines = Collections.list(request.getHeaders(name));
    return WEIGHTED.contains(key) ? weighted(lines) : String.join(", ", FieldList.elements(lines));
  }

  /** The languages of a normal form, best first. */
  static List<Locale> locales(String acceptLanguage) {
    List<Locale> locales = new ArrayList<>();
    for (String element : FieldList.elements(List.of(acceptLanguage))) {
      String range = FieldList.parameters(element).get(0);
      if (!range.equals("*")) {
        locales.add(Locale.forLanguageTag(range));
      }
    }
    return locales;
  }

  /** Best first, in lower case; what is unacceptable or not well-formed is left out. */
  private static String weighted(List<String> lines) {
    List<Weighted> elements = new ArrayList<>();
    for (String element : FieldList.elements(lines)) {
      StringBuilder value = new StringBuilder();
      double weight = 1;
      for (String part : FieldList.parameters(element.toLowerCase(Locale.ROOT))) {
        if (part.startsWith("q=")) {
          weight = weight(part.substring(2));
        } else {
          value.append(value.isEmpty() ? "" : ";").append(part);
        }
      }
      if (weight > 0 && !value.isEmpty()) {
        elements.add(new Weighted(value.toString(), weight));
      }
    }
    elements.sort(Comparator.comparingDouble(Weighted::weight).reversed());
    StringBuilder form = new StringBuilder();
    for (Weighted element : elements) {
      form.append(form.isEmpty() ? "" : ",").append(element.value());
      if (element.weight() < 1) {
        form.append(";q=").append(Math.round(element.weight() * 1000) / 1000.0);
      }
    }
    return form.toString();
  }

  private static double weight(String text) {
    if (!text.matches("[01](\\.[0-9]{0,3})?")) {
      return 0;
    }
    return Math.min(1, Double.parseDouble(text));
  }
}
