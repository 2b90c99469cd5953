package dev.larder.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.Larder;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111, section 4.2.2: how long what says nothing of its freshness is fresh. */
class UndatedTest {

  private static final long NOW = 1_700_000_000_000L;

  private static final Larder larder = Larder.builder().build();
  private static final Cache<RequestKey, StoredResponse> cache =
      larder.cache("responses", StoredResponse.policy().ttl(Duration.ofHours(1)).build());

  @AfterAll
  static void stop() {
    larder.close();
  }

  private static CapturedResponse response(int status) {
    HttpServletResponse below = (HttpServletResponse) Proxy.newProxyInstance(
        UndatedTest.class.getClassLoader(),
        new Class<?>[] {HttpServletResponse.class},
        (proxy, method, arguments) -> null);
    CapturedResponse response = new CapturedResponse(below, 1024, false, reason -> {});
    response.setStatus(status);
    return response;
  }

  /** Seconds that it is fresh; null if it is not stored. */
  private static @Nullable Long lifetime(Undated undated, CapturedResponse response) {
    ResponseRule rule = ResponseRule.in(cache)
        .scope(Scope.PUBLIC)
        .statuses(Set.of(200, 201, 404, 501, 502))
        .undated(undated)
        .build();
    Storing storing = new Storing(rule, Set.of(), false, "");
    return storing.refusal(response, List.of(), NOW) != null
        ? null
        : storing.form(response, List.of(), NOW).ttlMillis() / 1000;
  }

  @ParameterizedTest
  @CsvSource({
    // status, seconds since Last-Modified, Cache-Control, seconds fresh by the ttl, by heuristics
    "200, 1000, , 3600, 100",
    "200, 1000000, , 3600, 3600",
    "200, , , 3600, ",
    "200, -1000, , 3600, ",
    "200, 1000, max-age=7, 7, 7",
    "404, 1000, , 3600, 100",
    "201, 1000, , 3600, ",
    "201, 1000, public, 3600, 100",
    "501, 1000, , , 100",
    "502, 1000, , , ",
    "502, 1000, public, , 100",
    "502, 1000, max-age=7, 7, 7",
  })
  void heuristics(
      int status,
      @Nullable Long modifiedAgo,
      @Nullable String control,
      @Nullable Long byTtl,
      @Nullable Long byHeuristics) {
    CapturedResponse response = response(status);
    if (modifiedAgo != null) {
      response.setDateHeader("Last-Modified", NOW - modifiedAgo * 1000);
    }
    response.setHeader("Cache-Control", control);
    assertThat(lifetime(Undated.TTL, response)).isEqualTo(byTtl);
    assertThat(lifetime(Undated.HEURISTIC, response)).isEqualTo(byHeuristics);
  }
}
