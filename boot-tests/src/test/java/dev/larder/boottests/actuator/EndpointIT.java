package dev.larder.boottests.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.boottests.Instances;
import dev.larder.testkit.EmbeddedRedis;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The actuator's endpoint over HTTP, at an application with a real Redis. */
class EndpointIT {

  private static final String EXPOSED = "--management.endpoints.web.exposure.include=larder";
  private static final String UNRESTRICTED = "--management.endpoint.larder.access=unrestricted";
  private static final String SLOT = "shop:album:v1:1L";

  private static EmbeddedRedis redis;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Instances instances = new Instances(redis);

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Shop {
    @Bean
    Cache<Long, String> albums(Larder larder) {
      return larder.cache(
          "album",
          CachePolicy.of(Long.class, String.class)
              .keyTags(id -> Set.of("id:" + id))
              .build());
    }
  }

  private record Reply(int status, JsonNode body) {}

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @AfterEach
  void stop() {
    instances.close();
    redis.flush();
  }

  private ConfigurableApplicationContext start(String... options) {
    Stream<String> all = Stream.concat(Stream.of("--larder.key-prefix=shop"), Stream.of(options));
    return instances.start(Shop.class, all.toArray(String[]::new));
  }

  @SuppressWarnings("unchecked")
  private static Cache<Long, String> albums(ConfigurableApplicationContext application) {
    return application.getBean("albums", Cache.class);
  }

  private Reply send(
      ConfigurableApplicationContext application, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(
        HttpRequest.newBuilder(Instances.uri(application, "/actuator/larder" + path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
    return new Reply(
        response.statusCode(),
        JsonMapper.shared().readTree(response.body().isEmpty() ? "null" : response.body()));
  }

  @Test
  void unlessExposed_thereIsNone() throws Exception {
    assertThat(send(start(), "GET", "", "").status()).isEqualTo(404);
  }

  @Test
  void exposed_reads_andDoesNothing() throws Exception {
    ConfigurableApplicationContext shop = start(EXPOSED);
    albums(shop).get(1L, id -> "one");

    JsonNode overview = send(shop, "GET", "", "").body();
    assertThat(overview.get("keyPrefix").asString()).isEqualTo("shop");
    assertThat(overview.at("/nodes/0/tiers/0/circuit").asString()).isEqualTo("closed");
    assertThat(overview.at("/nodes/0/caches/0/stats/loads").asLong()).isEqualTo(1);
    Reply explained = send(shop, "GET", "/" + SLOT, "");
    assertThat(explained.body().toString()).contains("FRESH", "id:1").doesNotContain("\"one\"");
    Reply unknown = send(shop, "GET", "/shop:albums:v1:1L", "");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().get("detail").asString()).contains("no cache 'albums'");

    assertThat(send(shop, "DELETE", "?tag=id:1", "").status()).isEqualTo(405);
    assertThat(send(shop, "POST", "", "{\"percent\": 0}").status()).isEqualTo(405);
    assertThat(albums(shop).get(1L)).isInstanceOf(Lookup.Hit.class);
  }

  @Test
  void unrestricted_invalidatesOnEveryNode() throws Exception {
    ConfigurableApplicationContext shop = start(EXPOSED, UNRESTRICTED);
    ConfigurableApplicationContext other = start(EXPOSED);
    for (String what : List.of("tag=id:1", "key=" + SLOT, "prefix=shop:album:v1:", "cache=album")) {
      albums(shop).get(1L, id -> "one");
      albums(other).get(1L, id -> "one");

      Reply done = send(shop, "DELETE", "?" + what, "");

      assertThat(done.status()).as(what).isEqualTo(200);
      assertThat(done.body().get("position").asString()).as(what).isNotEmpty();
      assertThat(other.getBean(Larder.class).catchUp().toCompletableFuture().join())
          .isTrue();
      assertThat(albums(other).get(1L)).as(what).isInstanceOf(Lookup.Miss.class);
      assertThat(albums(shop).get(1L)).as(what).isInstanceOf(Lookup.Miss.class);
    }
  }

  @Test
  void wrongOrders_areRefused_withTheReason() throws Exception {
    ConfigurableApplicationContext shop = start(EXPOSED, UNRESTRICTED);
    Reply nothing = send(shop, "DELETE", "", "");
    assertThat(nothing.status()).isEqualTo(400);
    assertThat(nothing.body().get("detail").asString())
        .contains("one of key, tag, prefix and cache");
    assertThat(send(shop, "DELETE", "?tag=a&key=" + SLOT, "").status()).isEqualTo(400);
    Reply tooMuch = send(shop, "POST", "", "{\"cache\": \"album\", \"percent\": 101}");
    assertThat(tooMuch.status()).isEqualTo(400);
    assertThat(tooMuch.body().get("detail").asString()).contains("101");
  }

  @Test
  void unrestricted_turnsACacheOff() throws Exception {
    ConfigurableApplicationContext shop = start(EXPOSED, UNRESTRICTED);
    albums(shop).get(1L, id -> "one");
    assertThat(send(shop, "POST", "", "{\"cache\": \"album\", \"percent\": 0}").status())
        .isEqualTo(200);
    assertThat(albums(shop).get(1L)).isInstanceOf(Lookup.Miss.class);
  }
}
