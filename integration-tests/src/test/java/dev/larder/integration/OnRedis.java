package dev.larder.integration;

import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Tests on one Redis, which each of them finds empty and may kill. */
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
    if (!redis.isAlive()) {
      redis.startAgain();
    }
    opened.close();
    redis.flush();
  }

  /** A builder of a node or of an operator's larder, patient with slow machines. */
  LarderBuilder builder() {
    return Larder.builder()
        .keyPrefix("halfnote")
        .redis(redis.uri())
        .tierTimeout(Duration.ofSeconds(20))
        .logTimeout(Duration.ofSeconds(20))
        .startTimeout(Duration.ofSeconds(60));
  }

  final Larder larder() {
    return opened.add(builder().build());
  }

  /** Waits until each of them sees all. */
  static void seeEachOther(Larder... all) {
    for (Larder each : all) {
      FaultSite.seesNodes(each, all.length);
    }
  }

  /** The copy in a tier: of a node in L1, of nobody below. */
  static Copy copy(Explanation explanation, String tier, String node) {
    return explanation.copies().stream()
        .filter(copy -> copy.tier().equals(tier) && copy.node().equals(node))
        .findFirst()
        .orElseThrow();
  }
}
