package dev.larder.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Status and headers that a handler has set and that are not sent yet. One thread. */
final class CapturedHead {

  /** A header's lines; {@code replaces} what was set before the handler, or is added to it. */
  private static final class Field {
    private final String name;
    private boolean replaces;
    private final List<String> values = new ArrayList<>(1);

    Field(String name) {
      this.name = name;
    }
  }

  /** What a response keeps when the rest of its head is renewed, since its body is. */
  private static final Set<String> OF_THE_BODY =
      Set.of("content-encoding", "content-length", "content-range", "content-type", "etag");

  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final List<Cookie> cookies = new ArrayList<>();
  private int status = HttpServletResponse.SC_OK;

  int status() {
    return status;
  }

  void status(int code) {
    status = code;
  }

  void set(String name, @Nullable String value) {
    String key = name.toLowerCase(Locale.ROOT);
    fields.remove(key);
    if (value != null) {
      Field field = new Field(name);
      field.replaces = true;
      field.values.add(value);
      fields.put(key, field);
    }
  }

  void add(String name, String value) {
    fields
        .computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new Field(name))
        .values
        .add(value);
  }

  void cookie(Cookie cookie) {
    cookies.add(cookie);
  }

  boolean hasCookies() {
    return !cookies.isEmpty() || has("Set-Cookie");
  }

  boolean has(String name) {
    return fields.containsKey(name.toLowerCase(Locale.ROOT));
  }

  List<String> values(String name) {
    Field field = fields.get(name.toLowerCase(Locale.ROOT));
    return field == null ? List.of() : List.copyOf(field.values);
  }

  Collection<String> names() {
    return fields.values().stream().map(field -> field.name).toList();
  }

  void clear() {
    fields.clear();
    cookies.clear();
    status = HttpServletResponse.SC_OK;
  }

  /** Adds what a 304 leaves out of the response that it speaks of: RFC 9111, section 3.2. */
  void complete(StoredResponse stored) {
    status = stored.status();
    fields.keySet().removeAll(OF_THE_BODY);
    Set<String> said = Set.copyOf(fields.keySet());
    for (StoredHeader header : stored.headers()) {
      if (!said.contains(header.name().toLowerCase(Locale.ROOT))) {
        add(header.name(), header.value());
      }
    }
  }

  /** All lines, in the order in which they were set. */
  List<StoredHeader> lines() {
    List<StoredHeader> lines = new ArrayList<>();
    for (Field field : fields.values()) {
      field.values.forEach(value -> lines.add(new StoredHeader(field.name, value)));
    }
    return lines;
  }

  /** Says it to the client, as the handler would have said it. */
  void applyTo(HttpServletResponse response) {
    response.setStatus(status);
    cookies.forEach(response::addCookie);
    for (Field field : fields.values()) {
      boolean replaces = field.replaces;
      for (String value : field.values) {
        if (replaces) {
          response.setHeader(field.name, value);
          replaces = false;
        } else {
          response.addHeader(field.name, value);
        }
      }
    }
  }
}
