package dev.larder.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a response may be stored, and in which form: RFC 9111, section 3, and what a cache inside an
 * application knows beyond it. In doubt, not.
 */
final class Storing {

  /** Fields of one hop, one visitor or one moment. */
  private static final Set<String> NOT_STORED = Set.of(
      "connection",
      "keep-alive",
      "proxy-authenticate",
      "proxy-authentication-info",
      "proxy-connection",
      "te",
      "trailer",
      "transfer-encoding",
      "upgrade",
      "set-cookie",
      "age",
      "date",
      "content-length",
      "cache-status",
      "cache-control",
      "expires",
      "pragma",
      "etag");

  /** Fields that play a part only in preflight requests, which are not GET. */
  private static final Set<String> PREFLIGHT =
      Set.of("access-control-request-method", "access-control-request-headers");

  private final ResponseRule rule;
  private final Set<String> keyed;
  private final boolean isAuthorized;

  /**
   * Begins.
   *
   * @param keyed names of keyed headers, in lower case
   * @param isAuthorized whether the request has {@code Authorization}
   */
  Storing(ResponseRule rule, Set<String> keyed, boolean isAuthorized) {
    this.rule = rule;
    this.keyed = keyed;
    this.isAuthorized = isAuthorized;
  }

  /** Why the response of a handler is not stored; null if it may be. */
  @Nullable String refusal(CapturedResponse response, List<String> unkeyed, long nowMillis) {
    if (response.passedOn() != null) {
      return response.passedOn();
    }
    if (!unkeyed.isEmpty()) {
      return "not in the key: " + String.join(", ", unkeyed);
    }
    int status = response.getStatus();
    if (response.errorStatus() != 0 || !rule.statuses().contains(status)) {
      return "status " + status;
    }
    CapturedHead head = response.head();
    if (head.hasCookies()) {
      return "it sets a cookie";
    }
    if (response.wroteSessionUrl()) {
      return "it holds a session id in a URL";
    }
    if (head.has("Content-Range")) {
      return "it is a part";
    }
    String varying = varying(head.values("Vary"));
    return varying != null ? varying : controlled(head, nowMillis);
  }

  private @Nullable String varying(Collection<String> lines) {
    for (String name : FieldList.elements(lines)) {
      String key = name.toLowerCase(Locale.ROOT);
      if (key.equals("*")) {
        return "Vary: *";
      }
      if (!keyed.contains(key) && !PREFLIGHT.contains(key)) {
        return "Vary: " + name + ", which is not in the key";
      }
    }
    return null;
  }

  private @Nullable String controlled(CapturedHead head, long nowMillis) {
    CacheControl control = CacheControl.parse(head.values("Cache-Control"));
    if (control.isSecurityDefault()) {
      return null;
    }
    if (control.has("no-store")) {
      return "Cache-Control: no-store";
    }
    if (control.has("no-cache")) {
      return "Cache-Control: no-cache";
    }
    if (control.has("private") && rule.scope() != Scope.USER) {
      return "Cache-Control: private";
    }
    if (isAuthorized && !control.isEmpty() && rule.scope() == Scope.PUBLIC && !isForAll(control)) {
      return "the request has Authorization, and Cache-Control does not say public";
    }
    return lifetimeSeconds(head, control, nowMillis) <= 0 ? "it is not fresh for any time" : null;
  }

  /**
   * Whether a handler that speaks for itself lets everybody have what a request with Authorization
   * brought: RFC 9111, section 3.5. Where it says nothing the rule's scope does.
   */
  private static boolean isForAll(CacheControl control) {
    return control.has("public") || control.has("s-maxage") || control.has("must-revalidate");
  }

  /** What the handler says, if it does and it is less than what the rule says; seconds. */
  private long lifetimeSeconds(CapturedHead head, CacheControl control, long nowMillis) {
    long declared = rule.ttl().toSeconds();
    if (control.isSecurityDefault()) {
      return declared;
    }
    OptionalLong said =
        rule.isPrivate() ? control.seconds("max-age") : control.seconds("s-maxage", "max-age");
    if (said.isEmpty() && head.has("Expires")) {
      long date = first(head.values("Date")).orElse(nowMillis);
      OptionalLong expires = first(head.values("Expires"));
      said = OptionalLong.of(expires.isEmpty() ? 0 : (expires.getAsLong() - date) / 1000);
    }
    return Math.min(declared, said.isEmpty() ? declared : said.getAsLong() - age(head));
  }

  private static OptionalLong first(List<String> dates) {
    return dates.size() == 1 ? HttpDates.parse(dates.get(0)) : OptionalLong.empty();
  }

  /** Seconds; of several values the first counts, and what is no number is left out. */
  private static long age(CapturedHead head) {
    List<String> values = FieldList.elements(head.values("Age"));
    return values.isEmpty() || !values.get(0).matches("[0-9]{1,10}")
        ? 0
        : Math.min(Integer.MAX_VALUE, Long.parseLong(values.get(0)));
  }

  /** The stored form; its ttl is 0 or less if it has none. */
  StoredResponse form(CapturedResponse response, Collection<String> tags, long nowMillis) {
    CapturedHead head = response.head();
    CacheControl control = CacheControl.parse(head.values("Cache-Control"));
    Set<String> dropped = new HashSet<>(NOT_STORED);
    for (String name : FieldList.elements(head.values("Connection"))) {
      dropped.add(name.toLowerCase(Locale.ROOT));
    }
    List<StoredHeader> headers = new ArrayList<>();
    for (StoredHeader line : head.lines()) {
      String key = line.name().toLowerCase(Locale.ROOT);
      // Its own words on freshness pass, in either form, where the declaration has none.
      boolean isOwnControl = (key.equals("cache-control") || key.equals("expires"))
          && !control.isSecurityDefault()
          && !rule.isPrivate()
          && rule.browserTtl().isZero()
          && rule.sharedTtl().isZero();
      if (!dropped.contains(key) || isOwnControl) {
        headers.add(line);
      }
    }
    byte[] body = response.body();
    List<String> etags = head.values("ETag");
    return new StoredResponse(
        response.getStatus(),
        headers,
        body,
        etags.isEmpty() ? digest(headers, body) : etags.get(0),
        nowMillis,
        lifetimeSeconds(head, control, nowMillis) * 1000,
        age(head) * 1000,
        List.copyOf(tags));
  }

  /** The same for equal bytes of an equal type, on every node. */
  private static String digest(List<StoredHeader> headers, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (StoredHeader header : headers) {
        if (header.name().regionMatches(true, 0, "Content-", 0, 8)) {
          digest.update((header.name().toLowerCase(Locale.ROOT) + ':' + header.value() + '\n')
              .getBytes(StandardCharsets.UTF_8));
        }
      }
      digest.update((byte) 0);
      byte[] hash = digest.digest(body);
      return '"'
          + Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22)
          + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
