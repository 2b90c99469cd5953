package dev.larder.web.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.Larder;
import dev.larder.Loading;
import dev.larder.web.RequestKey;
import dev.larder.web.Scope;
import dev.larder.web.StoredResponse;
import dev.larder.web.TestServer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a declaration may say besides the usual: a cache of one's own, a condition, composed annotations. */
class DeclaredRulesTest {

  /** A domain's own annotation: everybody's, five minutes, and the tags are still to be said. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @CachedPage(
      ttl = "5m",
      scope = Scope.PUBLIC,
      vary = {})
  @interface CachedClubPage {

    @AliasFor(annotation = CachedPage.class)
    String[] tags() default {};
  }

  @Configuration(proxyBeanMethods = false)
  static class Caches {

    @Bean
    Cache<RequestKey, StoredResponse> shared(Larder larder) {
      return larder.cache(
          "shared", StoredResponse.policy().ttl(Duration.ofHours(1)).build());
    }
  }

  @RestController
  static class Clubs {

    final AtomicInteger calls = new AtomicInteger();

    @CachedResponse(cache = "shared", scope = Scope.PUBLIC, ttl = "1h")
    @GetMapping("/one/{id}")
    String one(@PathVariable long id) {
      return "one " + calls.incrementAndGet();
    }

    @CachedResponse(cache = "shared", scope = Scope.PUBLIC, ttl = "1h")
    @GetMapping("/other/{id}")
    String other(@PathVariable long id) {
      return "other " + calls.incrementAndGet();
    }

    @CachedResponse(scope = Scope.PUBLIC, condition = "#page < 3")
    @GetMapping("/pages")
    String pages(@RequestParam(defaultValue = "1") int page) {
      return "page " + calls.incrementAndGet();
    }

    @CachedClubPage(tags = "club:#{#id}")
    @GetMapping("/composed/{id}")
    String composed(@PathVariable long id) {
      return "composed " + calls.incrementAndGet();
    }

    @CachedResponse(scope = Scope.PUBLIC, tags = "club:#{#id}")
    @GetMapping("/tagged/{id}")
    String tagged(@PathVariable long id) {
      Loading loading = Objects.requireNonNull(Loading.current());
      loading.tag("league:9");
      return "tagged " + calls.incrementAndGet();
    }

    @CachedResponse(scope = Scope.PUBLIC)
    @GetMapping("/refused")
    String refused() {
      Objects.requireNonNull(Loading.current()).doNotStore("it was the first of April");
      return "refused " + calls.incrementAndGet();
    }
  }

  private static Larder larder;
  private static TestServer server;
  private static Clubs clubs;

  @BeforeAll
  static void start() {
    larder = Larder.builder().keyPrefix("rules").build();
    server = TestServer.start(larder, List.of(), Clubs.class, Caches.class, OpenSecurity.class);
    clubs = server.bean(Clubs.class);
  }

  @AfterAll
  static void stop() {
    server.close();
    larder.close();
  }

  @BeforeEach
  void empty() {
    larder.clear();
    clubs.calls.set(0);
  }

  @Test
  void handlersThatShareACache_shareItsPolicyAndItsEnd_andNothingElse() {
    assertThat(server.get("/one/1").body()).isEqualTo("one 1");
    assertThat(server.get("/other/1").body()).isEqualTo("other 2");
    assertThat(server.get("/one/1").isHit()).isTrue();
    assertThat(server.get("/other/1").isHit()).isTrue();
    assertThat(larder.cacheNames())
        .contains("shared")
        .doesNotContain("http.Clubs.one", "http.Clubs.other");
    larder.find("shared").orElseThrow().clear();
    assertThat(server.get("/one/1").body()).isEqualTo("one 3");
    assertThat(server.get("/other/1").body()).isEqualTo("other 4");
  }

  @Test
  void condition_letsOnlySomeRequestsBeAnsweredOrStored() {
    assertThat(server.get("/pages?page=2").isStored()).isTrue();
    assertThat(server.get("/pages?page=2").isHit()).isTrue();
    for (int call = 2; call < 4; call++) {
      TestServer.Answer past = server.get("/pages?page=3");
      assertThat(past.body()).isEqualTo("page " + call);
      assertThat(past.cacheStatus()).contains("fwd=bypass").contains("condition");
    }
    // The default of the parameter counts as if it had been sent.
    assertThat(server.get("/pages").cacheStatus()).contains("; stored");
  }

  @Test
  void composedAnnotation_isReadWithItsOwnDefaultsAndTags() {
    TestServer.Answer first = server.get("/composed/7");
    assertThat(first.isStored()).isTrue();
    assertThat(larder.find("http.Clubs.composed").orElseThrow().policy().ttl())
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(first.header("Cache-Control")).startsWith("public");
    assertThat(first.header("Vary")).doesNotContain("Accept-Language");
    assertThat(server.get("/composed/7").isHit()).isTrue();
    larder.invalidateTags("club:7");
    assertThat(server.get("/composed/7").body()).isEqualTo("composed 2");
  }

  @Test
  void anotherSpellingOfANumber_hasTheSameTag() {
    assertThat(server.get("/composed/007").isStored()).isTrue();
    assertThat(server.get("/composed/007").isHit()).isTrue();
    larder.invalidateTags("club:7");
    assertThat(server.get("/composed/007").isHit()).isFalse();
  }

  @Test
  void tagsThatAHandlerNamesWhileItRuns_endItsResponseToo() {
    for (String tag : List.of("club:7", "league:9")) {
      server.get("/tagged/7");
      assertThat(server.get("/tagged/7").isHit()).isTrue();
      larder.invalidateTags(tag);
      assertThat(server.get("/tagged/7").isHit()).isFalse();
    }
  }

  @Test
  void handlerThatRefusesTheEntry_isRunEachTime() {
    assertThat(server.get("/refused").body()).isEqualTo("refused 1");
    assertThat(server.get("/refused").body()).isEqualTo("refused 2");
  }
}
