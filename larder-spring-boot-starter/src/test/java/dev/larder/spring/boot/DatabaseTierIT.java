package dev.larder.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.spring.transaction.OutboxWriter;
import dev.larder.stats.TierStats;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Which database is found, on a real PostgreSQL. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseTierIT {

  private final EmbeddedPostgreSql.Database database =
      EmbeddedPostgreSql.shared().newDatabase();
  private final ApplicationContextRunner runner = new ApplicationContextRunner()
      .withConfiguration(
          AutoConfigurations.of(LarderAutoConfiguration.class, LarderCacheAutoConfiguration.class))
      .withPropertyValues("larder.start-timeout=60s", "larder.key-prefix=shop");

  @Test
  void dataSource_isFoundAndUsed(CapturedOutput output) {
    runner
        .withBean(DataSource.class, database::dataSource)
        .run(context -> assertThat(context.getBean(Larder.class).tiers())
            .extracting(TierStats::tier)
            .containsExactly(CacheTier.DATABASE));

    assertThat(output).contains("Larder 'shop': tier DATABASE, the DataSource bean, ready");
  }

  @Test
  void dataSource_switchedOff_isNotTouched() {
    runner
        .withBean(DataSource.class, database::dataSource)
        .withPropertyValues("larder.database.enabled=false")
        .run(context -> assertThat(context.getBean(Larder.class).tiers()).isEmpty());
  }

  @Test
  void twoDataSources_areLeftAlone() {
    runner
        .withBean("one", DataSource.class, database::dataSource)
        .withBean("two", DataSource.class, database::dataSource)
        .run(context -> assertThat(context.getBean(Larder.class).tiers()).isEmpty());
  }

  @Test
  void address_isUsedBesideRedis(CapturedOutput output) {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      runner
          .withPropertyValues("larder.database.url=" + database.url(), "REDIS_URL=" + redis.uri())
          .run(context -> assertThat(context.getBean(Larder.class).tiers())
              .extracting(TierStats::tier)
              .containsExactly(CacheTier.L2, CacheTier.DATABASE));
    }

    assertThat(output)
        .contains("tier L2, redis://")
        .contains("tier DATABASE, jdbc:postgresql://")
        .doesNotContain("password");
  }

  /** A user who may look and nothing else, in a database without Larder's tables. */
  private String addressOfAPoorUser() {
    String role = "poor_" + Long.toHexString(System.nanoTime());
    EmbeddedPostgreSql.shared().execute("CREATE ROLE " + role + " LOGIN PASSWORD 'secret'");
    return database.url().replace("user=postgres", "user=" + role + "&password=secret");
  }

  private static void assertTablesAreMissing(Throwable failure) {
    assertThat(failure)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("larder.database: the tables of the database tier are missing")
        .hasMessageContaining("permission denied for database");
    FailureAnalysis analysis = new ConfigurationFailureAnalyzer().analyze(failure);
    assertThat(analysis.getAction())
        .contains("larder setup")
        .contains("the right to create a schema")
        .contains("larder.database.enabled=false");
    assertThat(analysis.getDescription()).doesNotContain("secret");
  }

  @Test
  void tablesThatCanNotBeMade_inTheDataSource_stopTheStartWithTheMend() {
    PGSimpleDataSource poor = new PGSimpleDataSource();
    poor.setUrl(addressOfAPoorUser());
    runner
        .withBean(DataSource.class, () -> poor)
        .withPropertyValues("larder.start-timeout=0")
        .run(context -> assertTablesAreMissing(context.getStartupFailure()));
  }

  @Test
  void tablesThatCanNotBeMade_atAnAddress_stopTheStartWithTheMend() {
    runner
        .withPropertyValues("larder.database.url=" + addressOfAPoorUser(), "larder.start-timeout=0")
        .run(context -> assertTablesAreMissing(context.getStartupFailure()));
  }

  @Test
  void databaseThatDoesNotAnswer_isSkippedUntilItDoes_andTheStartSaysSo(CapturedOutput output) {
    // Nobody listens at port 1.
    runner
        .withPropertyValues(
            "larder.database.url=postgres://app:secret@127.0.0.1:1/shop", "larder.start-timeout=0")
        .run(context -> assertThat(context).hasNotFailed());

    assertThat(output)
        .containsPattern(
            "WARN .*Larder 'shop': tier DATABASE, postgres://127.0.0.1:1/shop, degraded:"
                + " it does not answer and is skipped until it does")
        .contains("Larder 'shop': tier L1, in this process")
        .doesNotContain("secret");
  }

  @Test
  void transaction_holdsInvalidationsUntilItsCommit() {
    runner
        .withConfiguration(AutoConfigurations.of(LarderTransactionAutoConfiguration.class))
        .withBean(DataSource.class, database::dataSource)
        .withBean(
            PlatformTransactionManager.class,
            () -> new JdbcTransactionManager(database.dataSource()))
        .run(context -> {
          assertThat(context).hasSingleBean(OutboxWriter.class);
          Larder larder = context.getBean(Larder.class);
          Cache<Long, String> cache =
              larder.cache("album", CachePolicy.of(Long.class, String.class).build());
          TransactionTemplate transaction =
              new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
          cache.get(1L, id -> "old");

          transaction.executeWithoutResult(status -> {
            cache.invalidate(1L);
            status.setRollbackOnly();
          });
          assertThat(cache.get(1L, id -> "new")).isEqualTo("old");
          transaction.executeWithoutResult(status -> cache.invalidate(1L));
          assertThat(cache.get(1L, id -> "new")).isEqualTo("new");
        });
  }

  @Test
  void springCache_inATransaction_waitsForItsCommit() {
    runner
        .withConfiguration(AutoConfigurations.of(LarderTransactionAutoConfiguration.class))
        .withPropertyValues("larder.caches.texts.type=java.lang.String")
        .withBean(DataSource.class, database::dataSource)
        .withBean(
            PlatformTransactionManager.class,
            () -> new JdbcTransactionManager(database.dataSource()))
        .run(context -> {
          var texts = context.getBean(CacheManager.class).getCache("texts");
          TransactionTemplate transaction =
              new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
          texts.get("a", () -> "old");

          transaction.executeWithoutResult(status -> {
            texts.evict("a");
            texts.clear();
            status.setRollbackOnly();
          });
          assertThat(texts.get("a", () -> "new")).isEqualTo("old");
          transaction.executeWithoutResult(status -> texts.evict("a"));
          assertThat(texts.get("a", () -> "new")).isEqualTo("new");
        });
  }
}
