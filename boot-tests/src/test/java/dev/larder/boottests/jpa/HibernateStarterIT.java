package dev.larder.boottests.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.larder.Larder;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Two instances of a Spring Boot application with JPA, on a real PostgreSQL and Redis; no other line. */
class HibernateStarterIT {

  private static EmbeddedPostgreSql postgresql;
  private static EmbeddedRedis redis;
  private ConfigurableApplicationContext one;
  private ConfigurableApplicationContext other;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EntityScan
  static class Application {

    @Bean
    Albums albums(EntityManager entities) {
      return new Albums(entities);
    }
  }

  @BeforeAll
  static void startServers() {
    postgresql = EmbeddedPostgreSql.start();
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stopServers() {
    postgresql.close();
    redis.close();
  }

  @BeforeEach
  void start() {
    var database = postgresql.newDatabase();
    one = application(database.url(), "create");
    other = application(database.url(), "none");
    albums(one).add(1, "old");
  }

  private static ConfigurableApplicationContext application(String url, String schema) {
    return new SpringApplication(Application.class)
        .run(
            "--spring.main.web-application-type=none",
            "--spring.datasource.url=" + url,
            "--spring.jpa.hibernate.ddl-auto=" + schema,
            "--spring.jpa.open-in-view=false",
            "--larder.key-prefix=jpa" + Math.abs(url.hashCode()),
            "--larder.tier-timeout=10s",
            "--larder.log-timeout=10s",
            "--larder.start-timeout=60s",
            "--REDIS_URL=" + redis.uri());
  }

  @AfterEach
  void stop() {
    other.close();
    one.close();
  }

  private static Albums albums(ConfigurableApplicationContext application) {
    return application.getBean(Albums.class);
  }

  private void catchUp() {
    assertThat(other.getBean(Larder.class).catchUp().toCompletableFuture().join())
        .isTrue();
  }

  @Test
  void renamed_endsWhatNamesItsTagAndWhatReadIt() {
    for (var each : new ConfigurableApplicationContext[] {one, other}) {
      assertThat(albums(each).title(1)).isEqualTo("old");
      assertThat(albums(each).page(1)).isEqualTo("page of old");
    }
    albums(one).rename(1, "new");
    assertThat(albums(one).title(1)).isEqualTo("new");
    assertThat(albums(one).page(1)).isEqualTo("page of new");
    catchUp();
    assertThat(albums(other).title(1)).isEqualTo("new");
    assertThat(albums(other).page(1)).isEqualTo("page of new");
  }

  @Test
  void added_endsWhatQueriedTheTable() {
    assertThat(albums(other).count()).isEqualTo(1);
    albums(one).add(2, "second");
    catchUp();
    assertThat(albums(other).count()).isEqualTo(2);
  }

  @Test
  void rolledBack_endsNothing() {
    Albums albums = albums(one);
    albums.title(1);
    albums.page(1);
    assertThatIllegalStateException().isThrownBy(() -> albums.renameAndFail(1, "never"));
    assertThat(albums.title(1)).isEqualTo("old");
    assertThat(albums.page(1)).isEqualTo("page of old");
    assertThat(one.getBean(Larder.class).stats())
        .filteredOn(cache -> cache.cache().equals("title") || cache.cache().equals("page"))
        .allSatisfy(cache -> assertThat(cache.loads()).isEqualTo(1));
  }
}
