package dev.larder.boottests.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.boottests.Instances;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.web.spring.CachedResponse;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What Prometheus scrapes of a web application's endpoints, over HTTP. */
class RouteMetersIT {

  private final EmbeddedRedis redis = EmbeddedRedis.start();
  private final Instances instances = new Instances(redis);
  private final HttpClient client = HttpClient.newHttpClient();
  private ConfigurableApplicationContext shop;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Pages.class)
  static class Shop {
    @Bean
    Cache<Long, String> albums(Larder larder) {
      return larder.cache("album", CachePolicy.of(Long.class, String.class).build());
    }
  }

  @RestController
  static class Pages {
    private final Cache<Long, String> albums;

    Pages(Cache<Long, String> albums) {
      this.albums = albums;
    }

    @GetMapping("/albums/{id}")
    String album(@PathVariable long id) {
      return albums.get(id, key -> "album " + key);
    }

    @GetMapping("/plain/{id}")
    String plain(@PathVariable long id) {
      return "no cache asked for " + id;
    }

    @GetMapping("/pages/{id}")
    @CachedResponse(ttl = "1h")
    String page(@PathVariable long id) {
      return "page " + id;
    }
  }

  @BeforeEach
  void start() {
    shop = instances.start(
        Shop.class,
        "--larder.key-prefix=shop",
        "--larder.web.request-figures=true",
        "--management.endpoints.web.exposure.include=prometheus");
  }

  @AfterEach
  void stop() {
    instances.close();
    redis.close();
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(
        HttpRequest.newBuilder(Instances.uri(shop, path)).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }

  /** A line of the scrape; before the pattern may stand whose it is. */
  private static Pattern line(String meter, String result, String route, int value) {
    return Pattern.compile("(?m)^" + meter + "\\{"
        + (result.isEmpty() ? "" : "result=\"" + result + "\",") + "route=\"[^\"/]*"
        + Pattern.quote(route) + "\"\\} " + value + "(\\.0)?$");
  }

  @Test
  void scrape_hasEachRoute_byItsPattern_withWhatCameOfItsRequests() throws Exception {
    for (int times = 0; times < 3; times++) {
      assertThat(get("/albums/987654321")).isEqualTo("album 987654321");
      assertThat(get("/pages/987654321")).isEqualTo("page 987654321");
      get("/plain/1");
    }
    get("/albums/5");

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(get("/actuator/prometheus"))
            .containsPattern(line("larder_request_lookups_total", "source", "/albums/{id}", 2))
            .containsPattern(line("larder_request_lookups_total", "l1", "/albums/{id}", 2))
            .containsPattern(line("larder_request_lookups_total", "l2", "/albums/{id}", 0))
            .containsPattern(line("larder_request_cache_time_seconds_count", "", "/albums/{id}", 4))
            .containsPattern(line("larder_http_requests_total", "stored", "/pages/{id}", 1))
            .containsPattern(line("larder_http_requests_total", "hit", "/pages/{id}", 2))
            .containsPattern(line("larder_request_cache_time_seconds_count", "", "/plain/{id}", 3))
            .containsPattern(line("larder_request_lookups_total", "source", "/plain/{id}", 0))
            .doesNotContain("987654321"));
  }
}
