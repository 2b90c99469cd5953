package dev.larder.spring.transaction;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.spring.annotation.LarderAnnotations;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** One process with a table of names, a cache of them, and transactions. */
final class Bank implements AutoCloseable {

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  final Larder larder;
  final Cache<Long, String> names;
  final JdbcTemplate sql;

  /**
   * @param url of the database
   * @param redis address, or empty for none
   * @param hasOutbox whether the database is a tier too, and invalidations go through its outbox
   */
  Bank(String url, String redis, String keyPrefix, boolean hasOutbox) {
    this(url, redis, keyPrefix, hasOutbox, Duration.ofSeconds(10));
  }

  /**
   * As above.
   *
   * @param lease how long others wait for a load of a process that died
   */
  @SuppressWarnings("unchecked")
  Bank(String url, String redis, String keyPrefix, boolean hasOutbox, Duration lease) {
    context.registerBean(HikariDataSource.class, () -> {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(url);
      config.setMaximumPoolSize(8);
      config.setMinimumIdle(1);
      return new HikariDataSource(config);
    });
    context.registerBean(
        JdbcTransactionManager.class,
        () -> new JdbcTransactionManager(context.getBean(HikariDataSource.class)));
    context.registerBean(Larder.class, () -> {
      var builder = Larder.builder()
          .keyPrefix(keyPrefix)
          .tierTimeout(Duration.ofSeconds(10))
          .logTimeout(Duration.ofSeconds(10))
          .startTimeout(Duration.ofSeconds(30));
      if (!redis.isEmpty()) {
        builder.redis(redis);
      }
      if (hasOutbox) {
        builder.database(context.getBean(HikariDataSource.class));
      }
      return builder.build();
    });
    if (hasOutbox) {
      context.register(WithOutbox.class);
    }
    context.registerBean(
        LarderTransactionManagers.class,
        () -> new LarderTransactionManagers(
            context.getBeanProvider(Larder.class),
            context.getBeanProvider(OutboxWriter.class),
            context.getBeanProvider(BeforeOutbox.class)));
    context.registerBean(
        Cache.class,
        () -> context
            .getBean(Larder.class)
            .cache(
                "name",
                CachePolicy.of(Long.class, String.class)
                    .jitter(0)
                    .ttl(Duration.ofHours(1))
                    .lease(lease)
                    .keyTags(id -> Set.of("name:" + id))
                    .build()));
    context.register(Annotated.class, LarderAnnotations.class);
    context.refresh();
    larder = context.getBean(Larder.class);
    sql = new JdbcTemplate(context.getBean(HikariDataSource.class));
    names = context.getBean(Cache.class);
  }

  @Configuration(proxyBeanMethods = false)
  static class WithOutbox {

    @Bean
    OutboxWriter outboxWriter(Larder larder, DataSource dataSource) {
      return new OutboxWriter(larder.outbox().orElseThrow(), dataSource);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableTransactionManagement(proxyTargetClass = true)
  static class Annotated {

    @Bean
    AnnotatedBank annotatedBank(DataSource dataSource) {
      return new AnnotatedBank(new JdbcTemplate(dataSource));
    }
  }

  /** What writes and invalidates by annotations. */
  AnnotatedBank annotated() {
    return context.getBean(AnnotatedBank.class);
  }

  static void createTable(JdbcTemplate sql) {
    sql.execute("CREATE TABLE IF NOT EXISTS names (id bigint PRIMARY KEY, name text NOT NULL)");
    sql.execute("INSERT INTO names VALUES (1, 'old'), (2, 'other') ON CONFLICT (id) DO UPDATE"
        + " SET name = excluded.name");
  }

  String name(long id) {
    return names.get(id, this::inDatabase);
  }

  String inDatabase(long id) {
    return sql.queryForObject("SELECT name FROM names WHERE id = ?", String.class, id);
  }

  /** Writes, and invalidates by the tag. */
  void rename(long id, String name) {
    sql.update("UPDATE names SET name = ? WHERE id = ?", name, id);
    larder.invalidateTags("name:" + id);
  }

  /** Writes and invalidates; gives what its own transaction then reads. */
  String renamed(long id, String name) {
    return transaction().execute(status -> {
      sql.update("UPDATE names SET name = ? WHERE id = ?", name, id);
      larder.invalidateTags("name:" + id);
      return names.get(id, this::inDatabase);
    });
  }

  TransactionTemplate transaction() {
    return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
  }

  TransactionTemplate transaction(int propagation) {
    TransactionTemplate template = transaction();
    template.setPropagationBehavior(propagation);
    return template;
  }

  TransactionTemplate snapshot() {
    TransactionTemplate template = transaction();
    template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    return template;
  }

  @Override
  public void close() {
    context.close();
  }
}
