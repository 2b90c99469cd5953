package dev.larder.spring.session;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.json.JsonCodecs;
import dev.larder.memory.MemoryStore;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

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
  static final DataSource DATABASE = pool();
  private static final AtomicInteger NAMES = new AtomicInteger();

  private SessionServers() {}

  /** As an application has it: a new connection for each statement would be most of the time. */
  private static DataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(EmbeddedPostgreSql.shared().newDatabase().dataSource());
    config.setMaximumPoolSize(50);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(60_000);
    return new HikariDataSource(config);
  }

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
      case DATABASE -> settings.database(DATABASE);
      case REDIS_DATABASE -> settings.redis(REDIS.uri() + "/1").database(DATABASE);
    }
    return settings;
  }
}
