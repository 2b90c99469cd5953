package dev.larder.cli;

import static org.awaitility.Awaitility.await;

import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.cli.connect.Connection;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A command at a real Redis and PostgreSQL, and an application that uses them. */
abstract class OnStores {

  static final Duration LIMIT = Duration.ofSeconds(60);

  static EmbeddedRedis redis;
  static EmbeddedPostgreSql postgresql;

  final Cli cli = new Cli(Connection::open);
  String prefix;
  Larder application;
  private String database;

  @BeforeAll
  static void startStores() {
    redis = EmbeddedRedis.start();
    postgresql = EmbeddedPostgreSql.start();
  }

  @AfterAll
  static void stopStores() {
    redis.close();
    postgresql.close();
  }

  @BeforeEach
  void nameStores() {
    prefix = "shop-" + UUID.randomUUID();
    database = postgresql.newDatabase().url();
    name(cli);
  }

  /** Tells another command of the same stores. */
  final void name(Cli to) {
    to.environment.put("REDIS_URL", redis.uri());
    to.environment.put("DATABASE_URL", database);
    to.environment.put("LARDER_KEY_PREFIX", prefix);
  }

  /** An application that is patient with slow machines. */
  final Larder start(UnaryOperator<LarderBuilder> with) {
    return with.apply(Larder.builder()
            .keyPrefix(prefix)
            .redis(redis.uri())
            .database(database)
            .startTimeout(Duration.ofSeconds(30))
            .tierTimeout(Duration.ofSeconds(5)))
        .build();
  }

  /** Waits until the application shows itself with its caches, {@code "2 caches"}. */
  final void awaitNode(String caches) {
    await()
        .atMost(LIMIT)
        .until(() -> run("status") == 0 && cli.out.contains("1 node, " + caches + ","));
  }

  @AfterEach
  void closeApplication() {
    if (!redis.isAlive()) {
      redis.startAgain();
    }
    application.close();
  }

  final int run(String... arguments) {
    return cli.run(arguments);
  }

  final String key(long id) {
    return prefix + ":album:v1:" + id + "L";
  }
}
