package dev.larder.spring.session;

import dev.larder.json.JsonCodecs;
import dev.larder.memory.MemoryStore;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One Redis and one database for all session tests of this JVM, and repositories on them. */
final class SessionServers {

  /** Where sessions lie. */
  enum Layout {
    MEMORY,
    REDIS,
    DATABASE,
    REDIS_DATABASE
  }

  static final JsonCodecs CODECS = new JsonCodecs();
  static final EmbeddedRedis REDIS = EmbeddedRedis.start();
  static final EmbeddedPostgreSql.Database DATABASE =
      EmbeddedPostgreSql.shared().newDatabase();
  private static final AtomicInteger NAMES = new AtomicInteger();

  private SessionServers() {}

  static String freshPrefix() {
    return "app" + NAMES.incrementAndGet();
  }

  /** Settings that suit a busy machine. Nodes of one test share the memory store. */
  static LarderSessions settings(Layout layout, String prefix, MemoryStore memory) {
    LarderSessions settings = LarderSessions.builder(CODECS)
        .keyPrefix(prefix)
        .startTimeout(Duration.ofSeconds(60))
        .tierTimeout(Duration.ofSeconds(10))
        .logTimeout(Duration.ofSeconds(10));
    switch (layout) {
      case MEMORY -> settings.redis(memory);
      case REDIS -> settings.redis(REDIS.uri() + "/1");
      case DATABASE -> settings.database(DATABASE.dataSource());
      case REDIS_DATABASE -> settings.redis(REDIS.uri() + "/1").database(DATABASE.dataSource());
    }
    return settings;
  }
}
