package dev.larder.integration;

import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The servers, the source and the nodes of one test. Closing it ends them all.
 *
 * <p>Redis is the test's own. The database is too where the test kills or pauses it; else it is a
 * fresh one on a server that all share.
 */
final class Site implements AutoCloseable {

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Layout layout;
  private final Opened opened = new Opened();
  private final String keyPrefix = "site" + NAMES.incrementAndGet();
  private final Source source = new Source();
  private final @Nullable EmbeddedRedis redis;
  private final @Nullable EmbeddedPostgreSql ownDatabase;
  private final @Nullable String databaseUrl;
  private int redisPort;

  private Site(Layout layout, boolean ownsDatabase) {
    this.layout = layout;
    redis = layout.hasRedis() ? opened(EmbeddedRedis.start()) : null;
    redisPort = redis == null ? 0 : redis.port();
    ownDatabase = layout.hasDatabase() && ownsDatabase ? opened(EmbeddedPostgreSql.start()) : null;
    databaseUrl = !layout.hasDatabase()
        ? null
        : ownDatabase != null
            ? ownDatabase.url()
            : EmbeddedPostgreSql.shared().newDatabase().url();
  }

  /** A site whose database must not be killed. */
  static Site of(Layout layout) {
    return new Site(layout, false);
  }

  /** A site with a PostgreSQL of its own. */
  static Site withOwnDatabase(Layout layout) {
    return new Site(layout, true);
  }

  /** Closes something at the end, before what was opened earlier. */
  <T extends AutoCloseable> T opened(T resource) {
    return opened.add(resource);
  }

  EmbeddedRedis redis() {
    if (redis == null) {
      throw new IllegalStateException(layout + " has no Redis");
    }
    return redis;
  }

  EmbeddedPostgreSql postgreSql() {
    if (ownDatabase == null) {
      throw new IllegalStateException("the database is not the test's own");
    }
    return ownDatabase;
  }

  String databaseUrl() {
    if (databaseUrl == null) {
      throw new IllegalStateException(layout + " has no database");
    }
    return databaseUrl;
  }

  Source source() {
    return source;
  }

  String keyPrefix() {
    return keyPrefix;
  }

  /** Lets nodes that start from now on reach Redis at another port, a proxy's. */
  void reachRedisAt(int port) {
    redisPort = port;
  }

  /**
   * A builder of a node on the site's servers, which waits long for them: a busy machine is not to be
   * taken for a fault.
   */
  LarderBuilder builder() {
    LarderBuilder builder = Larder.builder()
        .keyPrefix(keyPrefix)
        .startTimeout(Duration.ofSeconds(10))
        .tierTimeout(Duration.ofSeconds(5))
        .logTimeout(Duration.ofSeconds(5));
    if (layout.hasRedis()) {
      builder.redis("redis://127.0.0.1:" + redisPort);
    }
    if (databaseUrl != null) {
      builder.database(databaseUrl);
    }
    return builder;
  }

  /** As {@link #builder}, for tests in which servers really do not answer. */
  LarderBuilder impatient() {
    return builder()
        .startTimeout(Duration.ofSeconds(2))
        .tierTimeout(Duration.ofMillis(300))
        .logTimeout(Duration.ofSeconds(1));
  }

  /** Starts a node. */
  Node node() {
    return node(builder(), policy().build());
  }

  /** Starts a node with settings of its own. */
  Node node(LarderBuilder builder, CachePolicy<Place, String> policy) {
    Larder larder = opened(builder.build());
    return new Node(larder, larder.cache("place", policy), source);
  }

  /** The policy of the cache that most tests use. */
  static CachePolicyBuilder<Place, String> policy() {
    return CachePolicy.of(Place.class, String.class).tags((place, value) -> place.tags());
  }

  /** Waits for a condition, long enough for any machine. */
  static ConditionFactory eventually() {
    return Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .pollDelay(Duration.ZERO);
  }

  /** Waits until nothing is deferred on the node and it knows all that was acknowledged. */
  static void settled(Node node) {
    eventually()
        .until(() -> node.larder().waitingInvalidations() == 0
            && node.larder().catchUp().toCompletableFuture().get());
  }

  @Override
  public void close() {
    opened.close();
  }
}
