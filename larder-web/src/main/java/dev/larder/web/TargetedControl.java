package dev.larder.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a targeted field, such as {@code CDN-Cache-Control} (RFC 9213): a dictionary of RFC 9651. One
 * that is not well-formed counts as absent, as the RFC wants it.
 */
final class TargetedControl {

  private static final String KEY = "[a-z*][a-z0-9_.*-]*+";

  private static final String BARE = "(?:-?[0-9]{1,12}\\.[0-9]{1,3}|-?[0-9]{1,15}"
      + "|\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*+\""
      + "|[A-Za-z*][!#$%&'*+.^_`|~A-Za-z0-9:/-]*+|:[A-Za-z0-9+/=]*+:|\\?[01]|@-?[0-9]{1,15})";

  private static final String PARAMETERS = "(?:; *+" + KEY + "(?:=" + BARE + ")?)*+";

  private static final String ITEM = BARE + PARAMETERS;

  private static final String LIST = "\\( *+(?:" + ITEM + "(?: ++" + ITEM + ")*+)? *+\\)";

  private static final Pattern MEMBER = Pattern.compile(
      "(?<key>" + KEY + ")(?:=(?:(?<value>" + BARE + ")|" + LIST + "))?" + PARAMETERS);

  private static final Pattern COMMA = Pattern.compile("[ \\t]*+,[ \\t]*+");

  /** Directives whose value is a number of seconds. */
  private static final Set<String> SECONDS =
      Set.of("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error");

  private TargetedControl() {}

  /** Values by directive, empty for those without; null where the field says nothing that counts. */
  static @Nullable Map<String, String> parse(List<String> lines) {
    String text = String.join(",", lines).strip();
    Map<String, String> directives = new LinkedHashMap<>();
    Matcher member = MEMBER.matcher(text);
    Matcher comma = COMMA.matcher(text);
    for (int at = 0; at < text.length(); at = comma.end()) {
      if (!member.region(at, text.length()).lookingAt()) {
        return null;
      }
      String key = member.group("key");
      String value = member.group("value") == null ? "" : member.group("value");
      if (SECONDS.contains(key) && !value.matches("-?[0-9]+")) {
        return null;
      }
      directives.remove(key);
      if (!value.equals("?0")) {
        directives.put(key, value);
      }
      if (member.end() == text.length()) {
        return directives;
      }
      if (!comma.region(member.end(), text.length()).lookingAt()) {
        return null;
      }
    }
    return null;
  }
}
