package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.web.Scope;
import dev.larder.web.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A declaration that can't work stops the start and says where and what to do. */
class WrongDeclarationTest {

  @RestController
  static class BadTtl {
    @CachedResponse(ttl = "5 apples")
    @GetMapping("/a")
    String a() {
      return "a";
    }
  }

  @RestController
  static class ShortTtl {
    @CachedPage(ttl = "5ms")
    @GetMapping("/a")
    String a() {
      return "a";
    }
  }

  @RestController
  static class BadExpression {
    @CachedResponse(tags = "album:#{#id +}")
    @GetMapping("/a/{id}")
    String a(@PathVariable long id) {
      return "a";
    }
  }

  @RestController
  static class UnknownVariable {
    @CachedResponse(tags = "album:#{#album}", condition = "#page < 3")
    @GetMapping("/a/{id}")
    String a(@PathVariable long id) {
      return "a";
    }
  }

  @RestController
  static class UnknownCache {
    @CachedResponse(cache = "pages")
    @GetMapping("/a")
    String a() {
      return "a";
    }
  }

  @RestController
  static class UserWithoutPrincipal {
    @CachedResponse(scope = Scope.USER)
    @GetMapping("/a")
    String a() {
      return "a";
    }
  }

  @RestController
  static class RolesWithoutNames {
    @CachedResponse(scope = Scope.ROLES)
    @GetMapping("/a")
    String a() {
      return "a";
    }
  }

  @RestController
  static class VaryOnCookie {
    @CachedResponse(vary = "Cookie")
    @GetMapping("/a")
    String a() {
      return "a";
    }
  }

  @RestController
  static class SharedButAnonymous {
    @CachedResponse(sharedTtl = "1h")
    @GetMapping("/a")
    String a() {
      return "a";
    }
  }

  @RestController
  static class NotModified {
    @CachedResponse(statuses = {200, 304})
    @GetMapping("/a")
    String a() {
      return "a";
    }
  }

  private static void assertRefused(Class<?> handlers, String... parts) {
    try (Larder larder = Larder.builder().keyPrefix("web").build()) {
      assertThatThrownBy(() ->
              TestServer.start(larder, List.of(), handlers, OpenSecurity.class).close())
          .isInstanceOf(ConfigurationException.class)
          .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
    }
  }

  @Test
  void duration() {
    assertRefused(
        BadTtl.class,
        "@CachedResponse on BadTtl.a: ttl: \"5 apples\" is not a duration",
        "write 90s, 5m, 1h or PT5M");
    assertRefused(
        ShortTtl.class, "@CachedPage on ShortTtl.a: ttl: PT0.005S is not 1 s to 366 days");
  }

  @Test
  void expression() {
    assertRefused(
        BadExpression.class, "@CachedResponse on BadExpression.a: tags: ", "is not an expression");
    assertRefused(
        UnknownVariable.class,
        "uses #album, which is no path variable",
        "uses #page",
        "there are [id]");
  }

  @Test
  void cache() {
    assertRefused(
        UnknownCache.class,
        "cache: \"pages\" is not known; there are []",
        "Make a bean of Cache<RequestKey, StoredResponse>");
  }

  @Test
  void scope() {
    assertRefused(
        UserWithoutPrincipal.class,
        "the scope is USER, but the handler has no parameter",
        "take a Principal");
    assertRefused(RolesWithoutNames.class, "roles: the scope ROLES needs at least one");
    assertRefused(SharedButAnonymous.class, "sharedTtl: needs the scope PUBLIC");
  }

  @Test
  void headersAndStatuses() {
    assertRefused(VaryOnCookie.class, "vary: Cookie can't be part of a key; use the scope USER");
    assertRefused(NotModified.class, "statuses: 304 can't be stored");
  }
}
