package dev.larder.boottests.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.spring.annotation.Cached;
import dev.larder.stats.CacheStats;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** Queries of Spring Data repositories, cached by one line on the entity, on two instances. */
class CachedQueryIT {

  private static EmbeddedPostgreSql postgresql;
  private static EmbeddedRedis redis;
  private String database;
  private ConfigurableApplicationContext one;
  private ConfigurableApplicationContext other;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EntityScan
  @EnableJpaRepositories(considerNestedRepositories = false)
  static class Application {}

  /** A service that would keep entities. */
  static class KeepsEntities {

    @Cached
    public List<Optional<Story>> all() {
      return List.of();
    }
  }

  /** A service that is given a repository when the application starts, as most are. */
  record Served(Stories stories) {}

  @Configuration(proxyBeanMethods = false)
  static class Injected {

    @Bean
    Served served(Stories stories) {
      return new Served(stories);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Wrong {

    @Bean
    KeepsEntities keepsEntities() {
      return new KeepsEntities();
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
    database = postgresql.newDatabase().url();
    one = application("create");
    other = application("none", Injected.class);
    stories(one)
        .saveAll(List.of(
            new Story(1L, "first", true),
            new Story(2L, "second", false),
            new Story(3L, "third", true)));
    one.getBean(Authors.class).save(new Author(1L, "someone"));
  }

  @AfterEach
  void stop() {
    other.close();
    one.close();
  }

  private ConfigurableApplicationContext application(String schema, Class<?>... more) {
    SpringApplication application = new SpringApplication(Application.class);
    application.addPrimarySources(List.of(more));
    return application.run(
        "--spring.main.web-application-type=none",
        "--spring.datasource.url=" + database,
        "--spring.jpa.hibernate.ddl-auto=" + schema,
        "--spring.jpa.open-in-view=false",
        "--larder.key-prefix=query" + Math.abs(database.hashCode()),
        "--larder.tier-timeout=10s",
        "--larder.log-timeout=10s",
        "--larder.start-timeout=60s",
        "--REDIS_URL=" + redis.uri());
  }

  private static Stories stories(ConfigurableApplicationContext application) {
    return application.getBean(Stories.class);
  }

  private static long loads(ConfigurableApplicationContext application, String cache) {
    return application.getBean(Larder.class).stats().stream()
        .filter(each -> each.cache().equals(cache))
        .mapToLong(CacheStats::loads)
        .sum();
  }

  private void catchUp() {
    assertThat(other.getBean(Larder.class).catchUp().toCompletableFuture().join())
        .isTrue();
  }

  @Test
  void queries_areCachedAsTheEntitySays() {
    for (int i = 0; i < 3; i++) {
      assertThat(stories(one).findByFeaturedTrueOrderById())
          .containsExactly(new StoryLine(1L, "first"), new StoryLine(3L, "third"));
      assertThat(stories(one).line(2L)).contains(new StoryLine(2L, "second"));
      assertThat(stories(one).line(9L)).isEmpty();
    }
    assertThat(loads(one, "Stories.findByFeaturedTrueOrderById")).isEqualTo(1);
    assertThat(loads(one, "Stories.line")).isEqualTo(2);
    stories(other).findByFeaturedTrueOrderById();
    assertThat(loads(other, "Stories.findByFeaturedTrueOrderById")).isZero();
  }

  @Test
  void written_endsWhatReadTheTable_onBothInstances() {
    stories(one).findByFeaturedTrueOrderById();
    stories(other).findByFeaturedTrueOrderById();
    assertThat(stories(other).countByFeaturedTrue()).isEqualTo(2);

    stories(one).save(new Story(4L, "fourth", true));
    assertThat(stories(one).findByFeaturedTrueOrderById()).hasSize(3);
    catchUp();
    assertThat(stories(other).findByFeaturedTrueOrderById()).hasSize(3);
    assertThat(stories(other).countByFeaturedTrue()).isEqualTo(3);

    stories(one).featureAll(true);
    catchUp();
    assertThat(stories(other).countByFeaturedTrue()).isEqualTo(4);
  }

  @Test
  void writtenElsewhere_endsNothing() {
    stories(one).findByFeaturedTrueOrderById();
    one.getBean(Authors.class).save(new Author(2L, "another"));
    stories(one).findByFeaturedTrueOrderById();
    assertThat(loads(one, "Stories.findByFeaturedTrueOrderById")).isEqualTo(1);
  }

  @Test
  void tags_areThoseOfTheMethod_elseOfTheEntity() {
    stories(one).countByFeaturedTrue();
    stories(one).findByFeaturedTrueOrderById();
    Larder larder = one.getBean(Larder.class);

    larder.invalidateTags("front-page");
    stories(one).countByFeaturedTrue();
    stories(one).findByFeaturedTrueOrderById();
    assertThat(loads(one, "featured")).isEqualTo(2);
    assertThat(loads(one, "Stories.findByFeaturedTrueOrderById")).isEqualTo(1);

    stories(one).titles();
    larder.invalidateTags("stories");
    stories(one).titles();
    assertThat(loads(one, "titles")).isEqualTo(2);
    stories(one).countByFeaturedTrue();
    stories(one).findByFeaturedTrueOrderById();
    assertThat(loads(one, "featured")).isEqualTo(2);
    assertThat(loads(one, "Stories.findByFeaturedTrueOrderById")).isEqualTo(2);
  }

  @Test
  void ttl_isThatOfTheMethod_elseOfTheEntity() {
    Larder larder = one.getBean(Larder.class);
    assertThat(larder.find("featured").orElseThrow().policy().ttl()).isEqualTo(Duration.ofHours(1));
    assertThat(larder.find("Stories.line").orElseThrow().policy().ttl())
        .isEqualTo(Duration.ofMinutes(7));
    assertThat(larder.find("titles").orElseThrow().policy().ttl()).isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  void whatIsNoReadingQuery_isNotCached() {
    assertThat(one.getBean(Larder.class).cacheNames())
        .filteredOn(name -> name.startsWith("Stories.") || name.startsWith("Authors."))
        .containsExactlyInAnyOrder(
            "Stories.findByFeaturedTrueOrderById", "Stories.line", "Authors.names");
    assertThat(stories(one).featureAll(false)).isEqualTo(3);
    assertThat(stories(one).featureAll(false)).isEqualTo(3);
    Story story = stories(one).findByTitle("first").get(0);
    assertThat(stories(one).findByTitle("first").get(0)).isNotSameAs(story);
    assertThat(stories(one).findById(1L)).isPresent();
  }

  @Test
  void methodOfARepository_isCachedWhereItSaysSo() {
    Authors authors = one.getBean(Authors.class);
    authors.names();
    assertThat(authors.names()).containsExactly("someone");
    assertThat(loads(one, "Authors.names")).isEqualTo(1);
    authors.save(new Author(2L, "another"));
    assertThat(authors.names()).containsExactly("someone", "another");
    assertThat(authors.countByName("another")).isEqualTo(1);
  }

  @Test
  void entity_stopsTheStart() {
    assertThatThrownBy(() -> application("none", Wrong.class).close())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("@Cached on " + KeepsEntities.class.getName() + ".all: it returns the"
            + " entity " + Story.class.getName())
        .hasMessageContaining("return a record");
  }
}
