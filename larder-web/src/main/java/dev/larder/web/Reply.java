package dev.larder.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Sends stored responses. Safe for many threads. */
final class Reply {

  /** What a 304 says: RFC 9110, section 15.4.5. */
  private static final Set<String> OF_NOT_MODIFIED =
      Set.of("content-location", "vary", "last-modified", "cache-control");

  /** What a handler may say of freshness; a rule that says more goes before it. */
  private static final Set<String> OF_FRESHNESS = Set.of("cache-control", "expires");

  private final WebCacheOptions options;

  Reply(WebCacheOptions options) {
    this.options = options;
  }

  /** Answers a request with what of a stored response it wants. */
  void send(
      HttpServletRequest request,
      HttpServletResponse response,
      ResponseRule rule,
      StoredResponse stored,
      String status)
      throws IOException {
    Selection selection = Selection.of(request, stored);
    boolean isNotModified = selection.kind() == Selection.Kind.NOT_MODIFIED;
    headers(response, rule, stored, isNotModified);
    freshness(response, rule, stored);
    status(response, status);
    tags(response, stored);
    byte[] body = stored.body();
    int from = 0;
    int length = body.length;
    switch (selection.kind()) {
      case NOT_MODIFIED -> {
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        return;
      }
      case OUT_OF_RANGE -> {
        response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
        response.setHeader("Content-Range", "bytes */" + body.length);
        response.setContentLength(0);
        return;
      }
      case RANGE -> {
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        from = selection.from();
        length = selection.to() - from + 1;
        response.setHeader(
            "Content-Range", "bytes " + from + "-" + selection.to() + "/" + body.length);
      }
      case WHOLE -> response.setStatus(stored.status());
    }
    if (stored.status() == HttpServletResponse.SC_NO_CONTENT) {
      return;
    }
    response.setContentLength(length);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(body, from, length);
    }
  }

  /** Names what the cache did. */
  void status(HttpServletResponse response, String status) {
    if (options.sendsStatus()) {
      response.addHeader("Cache-Status", status);
    }
  }

  private static void headers(
      HttpServletResponse response,
      ResponseRule rule,
      StoredResponse stored,
      boolean isNotModified) {
    Set<String> begun = new HashSet<>();
    for (StoredHeader header : stored.headers()) {
      String key = header.name().toLowerCase(Locale.ROOT);
      if ((isNotModified && !OF_NOT_MODIFIED.contains(key))
          || (rule.saysFreshness() && OF_FRESHNESS.contains(key))) {
        continue;
      }
      // Filters before this one may have said what the response varies on, too.
      if (begun.add(key) && !key.equals("vary")) {
        response.setHeader(header.name(), header.value());
      } else {
        response.addHeader(header.name(), header.value());
      }
    }
  }

  private void freshness(HttpServletResponse response, ResponseRule rule, StoredResponse stored) {
    response.setHeader("ETag", stored.etag());
    response.setHeader("Date", HttpDates.format(stored.storedAtMillis()));
    response.setHeader("Age", Long.toString(stored.ageSeconds(options.time().millis())));
    if (stored.status() == HttpServletResponse.SC_OK) {
      response.setHeader("Accept-Ranges", "bytes");
    }
    boolean isRules = rule.saysFreshness()
        || (stored.header("Cache-Control") == null && stored.header("Expires") == null);
    if (isRules) {
      response.setHeader("Cache-Control", rule.cacheControl());
    }
    for (String older : List.of("Expires", "Pragma")) {
      if ((isRules || stored.header(older) == null) && response.containsHeader(older)) {
        response.setHeader(older, null);
      }
    }
    Set<String> said = FieldList.elements(response.getHeaders("Vary")).stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
    for (String header : rule.vary()) {
      if (!header.equalsIgnoreCase("Host") && said.add(header.toLowerCase(Locale.ROOT))) {
        response.addHeader("Vary", header);
      }
    }
    if (rule.scope() != Scope.PUBLIC && said.add("cookie")) {
      response.addHeader("Vary", "Cookie");
    }
    if (rule.scope() != Scope.PUBLIC && said.add("authorization")) {
      response.addHeader("Vary", "Authorization");
    }
  }

  private void tags(HttpServletResponse response, StoredResponse stored) {
    if (stored.tags().isEmpty()) {
      return;
    }
    switch (options.tagHeader()) {
      case SURROGATE_KEY -> response.setHeader("Surrogate-Key", joined(stored.tags(), " "));
      case CACHE_TAG -> response.setHeader("Cache-Tag", joined(stored.tags(), ","));
      case NONE -> {}
    }
  }

  /** Blanks, commas and what is not printable ASCII would part or break the list. */
  private static String joined(List<String> tags, String separator) {
    return tags.stream().map(Reply::escaped).collect(Collectors.joining(separator));
  }

  private static String escaped(String tag) {
    StringBuilder text = new StringBuilder();
    for (byte b : tag.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7f && b != ',' && b != '%') {
        text.append((char) b);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
      }
    }
    return text.toString();
  }
}
