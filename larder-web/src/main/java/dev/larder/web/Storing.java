package dev.larder.web;

import dev.larder.StaleTimes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
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
      "pragma");

  /** What a handler may say of freshness. */
  private static final Set<String> CONTROL = Set.of("cache-control", "expires");

  /** Statuses about which a cache may guess: RFC 9110, section 15.1. Not 206. */
  private static final Set<Integer> GUESSED =
      Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

  /** Longer than any policy allows. */
  private static final Duration FOREVER = Duration.ofDays(100_000);

  /** Fields that play a part only in preflight requests, which are not GET. */
  private static final Set<String> PREFLIGHT =
      Set.of("access-control-request-method", "access-control-request-headers");

  private final ResponseRule rule;
  private final Set<String> keyed;
  private final boolean isAuthorized;
  private final String targeted;

  /**
   * Begins.
   *
   * @param keyed names of keyed headers, in lower case
   * @param isAuthorized whether the request has {@code Authorization}
   * @param targeted the field that this cache listens to before all others; empty for none
   */
  Storing(ResponseRule rule, Set<String> keyed, boolean isAuthorized, String targeted) {
    this.rule = rule;
    this.keyed = keyed;
    this.isAuthorized = isAuthorized;
    this.targeted = targeted;
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
    return varying != null ? varying : controlled(status, head, nowMillis);
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

  private @Nullable String controlled(int status, CapturedHead head, long nowMillis) {
    CacheControl control = CacheControl.of(head, targeted);
    if (status >= 500 && rule.undated() == Undated.TTL && !isExplicit(head, control)) {
      return "status " + status + " without a lifetime of its own";
    }
    if (control.isSecurityDefault()) {
      return null;
    }
    if (control.has("no-store")) {
      return "Cache-Control: no-store";
    }
    boolean isRevalidated =
        !rule.cache().policy().revalidateFor().isZero() && mayBeRevalidated(status, head);
    if (control.has("no-cache") && !isRevalidated) {
      return "Cache-Control: no-cache";
    }
    if (control.has("private") && rule.scope() != Scope.USER) {
      return "Cache-Control: private";
    }
    if (isAuthorized && !control.isEmpty() && rule.scope() == Scope.PUBLIC && !isForAll(control)) {
      return "the request has Authorization, and Cache-Control does not say public";
    }
    return lifetimeSeconds(status, head, control, nowMillis) <= 0 && !isRevalidated
        ? "it is not fresh for any time"
        : null;
  }

  /** Whether the handler can be asked whether the response still holds. */
  private static boolean mayBeRevalidated(int status, CapturedHead head) {
    return status / 100 == 2 && (head.has("ETag") || head.has("Last-Modified"));
  }

  /** Whether the handler itself says how long the response is fresh. */
  private boolean isExplicit(CapturedHead head, CacheControl control) {
    return !control.isSecurityDefault()
        && (control.seconds(ageDirectives()).isPresent()
            || (head.has("Expires") && !control.isTargeted()));
  }

  private String[] ageDirectives() {
    return rule.isPrivate() ? new String[] {"max-age"} : new String[] {"s-maxage", "max-age"};
  }

  /**
   * Whether a handler that speaks for itself lets everybody have what a request with Authorization
   * brought: RFC 9111, section 3.5. Where it says nothing the rule's scope does.
   */
  private static boolean isForAll(CacheControl control) {
    return control.has("public") || control.has("s-maxage") || control.has("must-revalidate");
  }

  /** What the handler says, if it does and it is less than what the rule says; seconds. */
  private long lifetimeSeconds(
      int status, CapturedHead head, CacheControl control, long nowMillis) {
    long declared = rule.ttl().toSeconds();
    if (control.isSecurityDefault()) {
      return declared;
    }
    if (control.has("no-cache")) {
      return 0;
    }
    if (!isExplicit(head, control)) {
      return rule.undated() == Undated.TTL
          ? declared
          : Math.min(declared, guessed(status, head, control, nowMillis));
    }
    OptionalLong said = control.seconds(ageDirectives());
    if (said.isEmpty()) {
      OptionalLong expires = first(head.values("Expires"));
      said = OptionalLong.of(
          expires.isEmpty() ? 0 : (expires.getAsLong() - date(head, nowMillis)) / 1000);
    }
    return Math.min(declared, said.getAsLong() - age(head));
  }

  private static long guessed(int status, CapturedHead head, CacheControl control, long nowMillis) {
    OptionalLong modified = first(head.values("Last-Modified"));
    boolean mayBeGuessed = GUESSED.contains(status) || control.has("public");
    return modified.isEmpty() || !mayBeGuessed
        ? 0
        : (date(head, nowMillis) - modified.getAsLong()) / 10_000 - age(head);
  }

  private static long date(CapturedHead head, long nowMillis) {
    return first(head.values("Date")).orElse(nowMillis);
  }

  /** RFC 9111, section 4.2.4, and RFC 5861. What it does not forbid the rule decides. */
  private StaleTimes staleTimes(int status, CapturedHead head, CacheControl control) {
    Duration revalidate = mayBeRevalidated(status, head) ? FOREVER : Duration.ZERO;
    if (control.isSecurityDefault()) {
      return new StaleTimes(FOREVER, FOREVER, revalidate);
    }
    boolean isShared = !rule.isPrivate();
    if (control.has("no-cache")
        || control.has("must-revalidate")
        || (isShared && control.has("proxy-revalidate"))) {
      return new StaleTimes(Duration.ZERO, Duration.ZERO, revalidate);
    }
    Duration unsaid = isShared && control.has("s-maxage") ? Duration.ZERO : FOREVER;
    return new StaleTimes(
        seconds(control, "stale-while-revalidate", unsaid),
        seconds(control, "stale-if-error", unsaid),
        revalidate);
  }

  private static Duration seconds(CacheControl control, String directive, Duration unsaid) {
    OptionalLong said = control.seconds(directive);
    return said.isPresent() ? Duration.ofSeconds(said.getAsLong()) : unsaid;
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

  /** The stored form. */
  StoredResponse form(CapturedResponse response, Collection<String> tags, long nowMillis) {
    CapturedHead head = response.head();
    CacheControl control = CacheControl.of(head, targeted);
    // Nothing that the handler says, but a default of the framework.
    boolean isDefault = CacheControl.parse(head.values("Cache-Control")).isSecurityDefault();
    Set<String> dropped = new HashSet<>(NOT_STORED);
    for (String name : FieldList.elements(head.values("Connection"))) {
      dropped.add(name.toLowerCase(Locale.ROOT));
    }
    List<StoredHeader> headers = new ArrayList<>();
    for (StoredHeader line : head.lines()) {
      String key = line.name().toLowerCase(Locale.ROOT);
      if (!dropped.contains(key) && !(isDefault && CONTROL.contains(key))) {
        headers.add(line);
      }
    }
    byte[] body = response.body();
    List<String> etags = head.values("ETag");
    int status = response.getStatus();
    return new StoredResponse(
        status,
        headers,
        body,
        etags.isEmpty() ? digest(headers, body) : etags.get(0),
        nowMillis,
        Math.max(0, lifetimeSeconds(status, head, control, nowMillis)) * 1000,
        age(head) * 1000,
        staleTimes(status, head, control),
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
