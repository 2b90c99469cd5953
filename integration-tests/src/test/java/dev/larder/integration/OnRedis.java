package dev.larder.integration;

import dev.larder.testkit.EmbeddedRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests on one Redis, which each of them finds empty. */
abstract class OnRedis {

  static EmbeddedRedis redis;

  final Opened opened = new Opened();

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @AfterEach
  final void closeAll() {
    opened.close();
    redis.flush();
  }
}
