package dev.larder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.cli.connect.Connection;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code larder verify} beside an application that compares its hits with the source, on real servers. */
@Timeout(300)
class VerifyIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static EmbeddedRedis redis;
  private static EmbeddedPostgreSql postgresql;

  private final Cli cli = new Cli(Connection::open);
  private final Map<Long, String> source = new ConcurrentHashMap<>();
  private String prefix;
  private Larder application;
  private Cache<Long, String> albums;

  @BeforeAll
  static void start() {
    redis = EmbeddedRedis.start();
    postgresql = EmbeddedPostgreSql.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
    postgresql.close();
  }

  @BeforeEach
  void open() {
    prefix = "shop-" + UUID.randomUUID();
    String database = postgresql.newDatabase().url();
    cli.environment.put("REDIS_URL", redis.uri());
    cli.environment.put("DATABASE_URL", database);
    cli.environment.put("LARDER_KEY_PREFIX", prefix);
    application = Larder.builder()
        .keyPrefix(prefix)
        .redis(redis.uri())
        .database(database)
        .checkHits(1)
        .startTimeout(Duration.ofSeconds(30))
        .tierTimeout(Duration.ofSeconds(5))
        .build();
    albums = application.cache(
        "album",
        CachePolicy.of(Long.class, String.class)
            .tags((id, album) -> List.of("artist:" + id % 2))
            .build());
    await().atMost(LIMIT).until(() -> run("status") == 0 && cli.out.contains("1 node, 1 cache,"));
  }

  @AfterEach
  void close() {
    application.close();
  }

  private int run(String... arguments) {
    return cli.run(arguments);
  }

  private String album(long id) {
    return albums.get(id, source::get);
  }

  private String key(long id) {
    return prefix + ":album:v1:" + id + "L";
  }

  @Test
  void sourceThatWasChangedWithoutAnInvalidation_isFound_untilItIsMade() {
    source.putAll(Map.of(1L, "title 1", 2L, "title 2"));
    await().atMost(LIMIT).untilAsserted(() -> {
      album(1);
      album(2);
      assertThat(run("verify")).as(cli.out + cli.err).isZero();
      assertThat(cli.out)
          .startsWith("0 stale of ")
          .containsPattern("hits compared with the source: 0 stale of [1-9]");
    });

    source.put(1L, "another title");

    await().atMost(LIMIT).untilAsserted(() -> {
      album(1);
      album(2);
      assertThat(run("verify")).as(cli.out + cli.err).isEqualTo(5);
    });
    assertThat(cli.out)
        .startsWith("1 stale of ")
        .containsPattern(Pattern.quote(key(1)) + " +L1 of node \\S+, unlike the source ")
        .doesNotContain(key(2));
    await().atMost(LIMIT).untilAsserted(() -> {
      assertThat(run("verify", "-o", "json")).as(cli.err).isEqualTo(5);
      assertThat(cli.out)
          .containsPattern("\"slot\" : \"" + Pattern.quote(key(1)) + "\"")
          .containsPattern("\"check\" : \"HIT\",\\s+\"sampled\" : [1-9]\\d*,\\s+\"stale\" : 1\\b");
    });

    assertThat(run("invalidate", key(1), "--yes")).as(cli.err).isZero();
    await().atMost(LIMIT).untilAsserted(() -> {
      assertThat(run("verify")).as(cli.out + cli.err).isZero();
      assertThat(cli.out).startsWith("0 stale of ").contains("source: 1 stale of ");
    });
    assertThat(album(1)).isEqualTo("another title");
  }
}
