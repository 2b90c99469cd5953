package dev.larder.spring.thymeleaf;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.Cache;
import dev.larder.key.KeyEncoder;
import dev.larder.key.KeySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.thymeleaf.context.IEngineContext;
import org.thymeleaf.context.IWebContext;

/**
 * Answers fragments from their caches. Safe for many threads.
 *
 * <p>Nothing that a cache does may break a page: what fails in it is logged, and the fragment is rendered
 * as if there were no cache. What fails in the fragment reaches the page.
 */
final class Fragments {

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.spring.thymeleaf");

  /** So long pages do not wait for each other over a fragment that could not be stored. */
  private static final Duration PASS_FOR = Duration.ofSeconds(10);

  private static final int MOST_REMEMBERED = 10_000;

  private static final KeyEncoder KEYS = KeyEncoder.of(KeySettings.of("larder", "fragments"));

  private record Use(String cache, List<@Nullable Object> key) {}

  private final FragmentCaches caches;
  private final com.github.benmanes.caffeine.cache.Cache<Use, Boolean> passes =
      Caffeine.newBuilder()
          .expireAfterWrite(PASS_FOR)
          .maximumSize(MOST_REMEMBERED)
          .build();
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  Fragments(FragmentCaches caches) {
    this.caches = caches;
  }

  /** The markup of a fragment; null if the engine is to render it where it stands. */
  @Nullable String markup(FragmentDeclaration declared, Body body, IEngineContext page) {
    Cache<List<@Nullable Object>, String> cache = caches.of(declared);
    if (page instanceof GuardedContext outer) {
      outer.inputs().readFragment(declared.scope(), declared.place());
    }
    List<@Nullable Object> key = key(declared, body, page);
    if (key == null || passes.getIfPresent(new Use(declared.cache(), key)) != null) {
      return null;
    }
    Render render = new Render(declared, body, page);
    String got = null;
    try {
      got = cache.get(key, ignored -> render.run());
    } catch (RuntimeException | Error failed) {
      if (failed.equals(render.failure())) {
        throw failed;
      }
      checkKey(declared, key);
      // Another page's render of the same fragment may have failed by what its own model lacks.
      logger.warn("{}: rendered without the cache: {}", declared.place(), failed.toString());
    }
    if (render.refusal() != null) {
      passes.put(new Use(declared.cache(), key), true);
    }
    return render.markup() != null ? render.markup() : got;
  }

  /** A key without a stable form is a mistake in the template, not a fault of the cache. */
  private static void checkKey(FragmentDeclaration declared, List<@Nullable Object> key) {
    try {
      KEYS.encodeSlot(key);
    } catch (IllegalArgumentException unstable) {
      throw FragmentDeclaration.fault(
          declared.place(),
          "larder:key \"" + declared.key() + "\": " + unstable.getMessage(),
          "write numbers, texts, dates, or records of such");
    }
  }

  private @Nullable List<@Nullable Object> key(
      FragmentDeclaration declared, Body body, IEngineContext page) {
    List<@Nullable Object> key = new ArrayList<>();
    for (Object part : FragmentExpressions.values("larder:key", declared.key(), declared, page)) {
      if (part == null) {
        warnOnce(declared, "a part of larder:key \"" + declared.key() + "\" is null");
        return null;
      }
      key.add(part instanceof List<?> list ? new ArrayList<>(list) : part);
    }
    FragmentPlace place = declared.place();
    key.add(place.template() + ":" + place.line() + ":" + body.digest());
    key.add(page.getLocale().toLanguageTag() + " " + timeZone().getID() + applicationPath(page));
    key.add(FragmentAudience.of(declared.scope(), caches.identity()));
    return key;
  }

  /** Dates are written in it. */
  private static TimeZone timeZone() {
    return LocaleContextHolder.getTimeZone();
  }

  /** Links begin with it, and a proxy may name it. */
  private static String applicationPath(IEngineContext page) {
    String path = page instanceof IWebContext web
        ? web.getExchange().getRequest().getApplicationPath()
        : null;
    return path == null || path.isEmpty() ? "" : " " + path;
  }

  private void warnOnce(FragmentDeclaration declared, String what) {
    if (logged.size() < MOST_REMEMBERED && logged.add(declared.place() + what)) {
      logger.warn("{}: not stored: {}", declared.place(), what);
    }
  }
}
