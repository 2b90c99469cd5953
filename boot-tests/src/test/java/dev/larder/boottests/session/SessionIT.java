package dev.larder.boottests.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.stats.SessionStats;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Three instances of a shop with Spring Security, on a real PostgreSQL and Redis, asked over HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class SessionIT {

  private static EmbeddedPostgreSql postgresql;
  private static EmbeddedRedis redis;
  private static EmbeddedPostgreSql.Database database;
  private static ConfigurableApplicationContext first;
  private static ConfigurableApplicationContext second;
  private static ConfigurableApplicationContext third;
  private final Browser browser = new Browser();

  @BeforeAll
  static void startServers() {
    postgresql = EmbeddedPostgreSql.start();
    database = postgresql.newDatabase();
    redis = EmbeddedRedis.start();
    start();
  }

  @AfterAll
  static void stopServers() {
    stop();
    postgresql.close();
    redis.close();
  }

  private static ConfigurableApplicationContext shop() {
    String[] properties = {
      "--server.port=0",
      "--spring.autoconfigure.exclude="
          + "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration,"
          + "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration,"
          + "org.springframework.boot.graphql.autoconfigure.GraphQlAutoConfiguration,"
          + "org.springframework.boot.graphql.autoconfigure.servlet.GraphQlWebMvcAutoConfiguration",
      "--spring.datasource.url=" + database.url(),
      "--larder.key-prefix=shop",
      "--larder.tier-timeout=10s",
      "--larder.log-timeout=10s",
      "--larder.start-timeout=60s",
      "--logging.level.dev.larder=TRACE",
      "--logging.level.org.springframework.session=TRACE",
      "--REDIS_URL=" + redis.uri()
    };
    return new SpringApplication(Shop.class).run(properties);
  }

  private static void start() {
    first = shop();
    second = shop();
    third = shop();
  }

  private static void stop() {
    third.close();
    second.close();
    first.close();
  }

  private static int port(ConfigurableApplicationContext shop) {
    return shop.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  private int one() {
    return port(first);
  }

  private int two() {
    return port(second);
  }

  private int three() {
    return port(third);
  }

  @Test
  void logIn_changesTheId_andTheOldOneIsDeadEverywhere(CapturedOutput output) {
    browser.body(one(), "/cart?add=tea");
    assertThat(browser.get(two(), "/me").headers().firstValue("Location"))
        .hasValueSatisfying(location -> assertThat(location).endsWith("/login"));
    Browser attacker = Browser.with(browser.cookie());
    for (int port : new int[] {one(), two(), three()}) {
      assertThat(attacker.body(port, "/cart")).isEqualTo("[\"tea\"]");
    }

    assertThat(browser.logIn(one(), "ann", "wrong").headers().firstValue("Location"))
        .hasValueSatisfying(location -> assertThat(location).endsWith("/login?error"));
    assertThat(browser.body(two(), "/login?error")).contains("credentials");
    var back = browser.logIn(two(), "ann", "secret").headers().firstValue("Location");
    assertThat(back).hasValueSatisfying(location -> assertThat(location).endsWith("/me?continue"));

    assertThat(browser.cookie()).isNotEqualTo(attacker.cookie());
    for (int port : new int[] {one(), two(), three()}) {
      for (int i = 0; i < 50; i++) {
        assertThat(Browser.with(attacker.cookie()).body(port, "/cart")).isEqualTo("[]");
      }
      assertThat(browser.body(port, "/me?continue")).startsWith("ann [").contains("ROLE_USER");
      assertThat(browser.body(port, "/cart")).isEqualTo("[\"tea\"]");
      assertThat(Browser.with(attacker.cookie()).get(port, "/me").statusCode()).isEqualTo(302);
    }
    assertThat(output)
        .contains(
            "Larder 'shop': sessions lie in the database, table larder.session, with a cache in"
                + " Redis before it")
        .doesNotContain(browser.id())
        .doesNotContain(attacker.id());
  }

  @Test
  void logOut_whileRedisIsAway_holdsWhenItComesBackWithItsOldData() {
    browser.logIn(one(), "ann", "secret");
    Browser stays = new Browser();
    stays.body(one(), "/cart?add=tea");
    stays.logIn(two(), "ann", "secret");
    assertThat(browser.get(two(), "/me").statusCode()).isEqualTo(200);
    assertThat(stays.get(one(), "/me").statusCode()).isEqualTo(200);
    String cookie = browser.cookie();
    redis.save();
    redis.kill();

    assertThat(stays.body(one(), "/cart?add=milk")).isEqualTo("[\"tea\",\"milk\"]");
    assertThat(browser.logOut(one()).statusCode()).isEqualTo(302);
    assertThat(Browser.with(cookie).get(two(), "/me").statusCode()).isEqualTo(302);

    redis.startAgain();
    for (int i = 0; i < 20; i++) {
      for (int port : new int[] {one(), two()}) {
        assertThat(Browser.with(cookie).get(port, "/me").statusCode()).isEqualTo(302);
        assertThat(stays.body(port, "/me")).startsWith("ann ");
        assertThat(stays.body(port, "/cart")).isEqualTo("[\"tea\",\"milk\"]");
      }
      first.getBean(Larder.class).catchUp().toCompletableFuture().join();
    }
  }

  @Test
  void restart_andClearsOfDataCaches_leaveSessionsAlone(CapturedOutput output) {
    browser.body(one(), "/cart?add=tea");
    browser.logIn(one(), "ann", "secret");
    first.getBean(Larder.class).clear();
    assertThat(browser.body(two(), "/me")).startsWith("ann ");

    stop();
    start();
    assertThat(output)
        .contains(
            "Larder 'shop': sessions lie in the database, table larder.session, with a cache in"
                + " Redis before it");
    first.getBean(Larder.class).clear();
    assertThat(browser.body(one(), "/me")).startsWith("ann ");
    assertThat(browser.body(two(), "/cart")).isEqualTo("[\"tea\"]");
    redis.flush();
    assertThat(browser.body(one(), "/me")).startsWith("ann ");
  }

  @Test
  void operators_seeFigures_andNobodysIdOrName() {
    browser.body(one(), "/cart?add=tea");
    browser.logIn(one(), "ann", "secret");
    browser.body(two(), "/me");
    SessionStats stats = first.getBean(Larder.class).management().sessions().nodes().stream()
        .flatMap(node -> node.sessions().stream())
        .filter(each -> each.created() > 0)
        .findFirst()
        .orElseThrow();
    assertThat(stats.where()).startsWith("in the database, table larder.session");
    assertThat(stats.idChanges()).isPositive();
    assertThat(stats.living()).isPositive();
    assertThat(stats.toString()).doesNotContain(browser.id()).doesNotContain("ann");
  }

  @Test
  void sessions_lieInADatabaseOfTheirOwn() {
    browser.body(one(), "/cart?add=tea");
    assertThat(redis.command("KEYS", "*")).doesNotContain("shop-session");
    assertThat(redis.command("EVAL", "redis.call('select', 1) return redis.call('keys', '*')", "0"))
        .contains("shop-session:session");
  }

  @Test
  void undeclaredType_isRefusedWithItsMend(CapturedOutput output) {
    assertThat(browser.get(one(), "/bad").statusCode()).isEqualTo(500);
    assertThat(output)
        .contains("session attribute 'thread' is a ")
        .contains("larder.session.attribute-types.NAME=");
  }
}
