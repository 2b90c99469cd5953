package dev.larder.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a stored response a request wants: RFC 9110, sections 13.2.2 and 14.
 *
 * @param kind all of it, none since the client has it, a range, or a range that there is not
 * @param from first byte of a range
 * @param to last byte of a range
 */
record Selection(Kind kind, int from, int to) {

  enum Kind {
    WHOLE,
    NOT_MODIFIED,
    RANGE,
    OUT_OF_RANGE
  }

  private static final Selection WHOLE = new Selection(Kind.WHOLE, 0, 0);

  /** One range; lists are answered in whole. */
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  static Selection of(HttpServletRequest request, StoredResponse stored) {
    if (stored.status() != 200) {
      return WHOLE;
    }
    if (hasNotModified(request, stored)) {
      return new Selection(Kind.NOT_MODIFIED, 0, 0);
    }
    String range = request.getHeader("Range");
    return range == null || !request.getMethod().equals("GET") || !mayRange(request, stored)
        ? WHOLE
        : range(range.strip(), stored.body().length);
  }

  private static boolean hasNotModified(HttpServletRequest request, StoredResponse stored) {
    List<String> noneMatch = Collections.list(request.getHeaders("If-None-Match"));
    if (!noneMatch.isEmpty()) {
      String opaque = StoredResponse.opaque(stored.etag());
      for (String tag : FieldList.elements(noneMatch)) {
        if (tag.equals("*") || StoredResponse.opaque(tag).equals(opaque)) {
          return true;
        }
      }
      return false;
    }
    String since = request.getHeader("If-Modified-Since");
    OptionalLong modified = date(stored.header("Last-Modified"));
    OptionalLong known = date(since);
    return modified.isPresent() && known.isPresent() && modified.getAsLong() <= known.getAsLong();
  }

  private static OptionalLong date(@Nullable String text) {
    return text == null ? OptionalLong.empty() : HttpDates.parse(text);
  }

  /** Strong comparison: a part of one version must not be put to parts of another. */
  private static boolean mayRange(HttpServletRequest request, StoredResponse stored) {
    String condition = request.getHeader("If-Range");
    if (condition == null) {
      return true;
    }
    String text = condition.strip();
    if (text.startsWith("\"") || text.startsWith("W/")) {
      return !text.startsWith("W/") && text.equals(stored.etag());
    }
    OptionalLong modified = date(stored.header("Last-Modified"));
    OptionalLong asked = date(text);
    return modified.isPresent()
        && asked.isPresent()
        && modified.getAsLong() == asked.getAsLong()
        // A date is strong only if the response was made at least a second later.
        && stored.storedAtMillis() - modified.getAsLong() >= 1000;
  }

  private static Selection range(String text, int length) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return WHOLE;
    }
    if (range.group(1).isEmpty()) {
      long last = Long.parseLong(range.group(2));
      return last == 0 || length == 0
          ? new Selection(Kind.OUT_OF_RANGE, 0, 0)
          : new Selection(Kind.RANGE, (int) Math.max(0, length - last), length - 1);
    }
    long from = Long.parseLong(range.group(1));
    long to = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    if (to < from) {
      return WHOLE;
    }
    return from >= length
        ? new Selection(Kind.OUT_OF_RANGE, 0, 0)
        : new Selection(Kind.RANGE, (int) from, (int) Math.min(to, length - 1));
  }
}
