package dev.larder.showcase.demo;

import dev.larder.showcase.chaos.RedisOwner;
import dev.larder.showcase.start.Database;
import dev.larder.showcase.start.DatabaseAddress;
import dev.larder.showcase.start.RedisAddress;
import dev.larder.showcase.start.StartFailure;
import dev.larder.testkit.EmbeddedPostgreSql;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.testkit.TcpProxy;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers the showcase runs on: those that the environment names, and embedded ones for the
 * rest. Closing it ends the embedded ones. Used by one thread, but {@link #close} by any.
 */
final class DemoServers implements AutoCloseable {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private final PrintStream out;
  private @Nullable EmbeddedPostgreSql postgresql;
  private @Nullable EmbeddedRedis redis;
  private final List<TcpProxy> lines = new ArrayList<>();
  private @Nullable String databaseUrl;
  private @Nullable String redisUrl;
  private boolean closed;

  DemoServers(PrintStream out) {
    this.out = out;
  }

  /**
   * Starts or reaches all of them, in a few seconds, and says which.
   *
   * @param environment may have {@code DATABASE_URL}, {@code REDIS_URL}, {@code VALKEY_URL}
   * @throws DemoFailure if one named there has a wrong address or does not answer, or an embedded
   *     one does not start
   */
  void start(Map<String, String> environment, DemoFolder folder, DemoOptions options) {
    // Addresses first: a wrong one is told before anything is started.
    Optional<DatabaseAddress> database = given(environment);
    Optional<RedisAddress> redisAddress =
        options.redis() ? givenRedis(environment) : Optional.empty();
    database.ifPresent(DemoServers::reach);
    redisAddress.ifPresent(DemoServers::reach);
    if (database.isPresent()) {
      databaseUrl = environment.get(DatabaseAddress.VARIABLE);
      out.println("PostgreSQL  " + database.get().shown() + " (from DATABASE_URL)"
          + (options.fresh() ? "; --fresh does not touch it" : ""));
    } else {
      startPostgreSql(folder, options);
    }
    if (!options.redis()) {
      out.println("Redis       none (--no-redis): the database tier works alone");
    } else if (redisAddress.isPresent()) {
      RedisAddress address = redisAddress.get();
      redisUrl = address.url();
      out.println("Redis       " + address.shown() + " (from " + address.variable() + ")");
    } else {
      startRedis(options);
    }
  }

  private void startPostgreSql(DemoFolder folder, DemoOptions options) {
    if (options.fresh()) {
      folder.dropDatabase();
    }
    EmbeddedPostgreSql server = starting(
        "PostgreSQL",
        () -> EmbeddedPostgreSql.builder()
            .directory(folder.database())
            // Room for the load, which writes a gigabyte at once.
            .setting("max_wal_size", "4GB")
            .setting("checkpoint_timeout", "30min")
            .start());
    synchronized (this) {
      postgresql = server;
      if (closed) {
        server.close();
      }
    }
    databaseUrl = reached(server.url(), server.port(), options);
    out.println("PostgreSQL  started at 127.0.0.1:"
        + server.port()
        + ", user postgres; data stays in "
        + folder.database());
  }

  private void startRedis(DemoOptions options) {
    EmbeddedRedis server = starting("Redis", () -> EmbeddedRedis.start());
    synchronized (this) {
      redis = server;
      if (closed) {
        server.close();
      }
    }
    redisUrl = reached(server.uri(), server.port(), options);
    out.println(
        "Redis       started at 127.0.0.1:" + server.port() + "; it keeps everything in memory");
  }

  /** Where the showcase reaches a server: through a line that can be slowed down, for a report. */
  private synchronized String reached(String url, int port, DemoOptions options) {
    if (!options.report() || options.latencyMillis() == 0 || closed) {
      return url;
    }
    TcpProxy line = TcpProxy.to(port);
    lines.add(line);
    return url.replaceFirst(":" + port + "(?=/|$)", ":" + line.port());
  }

  /**
   * From now on every round trip to an embedded server takes so much longer. Others have a network of
   * their own.
   *
   * @return what it takes longer, in milliseconds; 0 if no server is embedded
   */
  synchronized double slowDown(double millis) {
    Duration each = Duration.ofNanos((long) (millis * 1e6 / 2));
    for (TcpProxy line : lines) {
      line.delay(TcpProxy.Direction.TO_SERVER, each);
      line.delay(TcpProxy.Direction.TO_CLIENT, each);
    }
    return lines.isEmpty() ? 0 : millis;
  }

  /** The environment for the showcase. */
  void describe(Map<String, String> environment) {
    environment.remove("REDIS_URL");
    environment.remove("VALKEY_URL");
    if (redisUrl != null) {
      environment.put("REDIS_URL", redisUrl);
    }
    if (databaseUrl != null) {
      environment.put(DatabaseAddress.VARIABLE, databaseUrl);
    }
  }

  /** Writes what the embedded database has in memory to disk, so that its next start is quick. */
  void settle() {
    EmbeddedPostgreSql server = postgresql;
    if (server != null) {
      server.execute("CHECKPOINT");
    }
  }

  /** Whether the Redis is the demo's own, to be stopped as anybody likes. */
  boolean ownsRedis() {
    return redis != null;
  }

  /** Stops the demo's own Redis, or starts it again where it does not run. */
  synchronized void order(String order) {
    EmbeddedRedis server = redis;
    if (server == null || closed) {
      return;
    }
    if (order.equals(RedisOwner.Order.STOP.name()) && server.isAlive()) {
      server.kill();
    } else if (order.equals(RedisOwner.Order.START.name()) && !server.isAlive()) {
      server.startAgain();
    }
  }

  /** Whether a tier in Redis is there. */
  boolean hasRedis() {
    return redisUrl != null;
  }

  @Override
  public synchronized void close() {
    closed = true;
    lines.forEach(TcpProxy::close);
    lines.clear();
    if (redis != null) {
      redis.close();
      redis = null;
    }
    if (postgresql != null) {
      postgresql.close();
      postgresql = null;
    }
  }

  private static Optional<DatabaseAddress> given(Map<String, String> environment) {
    String value = environment.getOrDefault(DatabaseAddress.VARIABLE, "");
    try {
      return value.isBlank() ? Optional.empty() : Optional.of(DatabaseAddress.parse(value));
    } catch (StartFailure e) {
      throw DemoFailure.of(DemoFailure.USAGE, e);
    }
  }

  private static Optional<RedisAddress> givenRedis(Map<String, String> environment) {
    try {
      return RedisAddress.parse(environment.get("REDIS_URL"), environment.get("VALKEY_URL"));
    } catch (StartFailure e) {
      throw DemoFailure.of(DemoFailure.USAGE, e);
    }
  }

  private static void reach(DatabaseAddress address) {
    try {
      // One connection is made and given back, which is all there is to know.
      Database.open(address, 1).close();
    } catch (StartFailure e) {
      throw DemoFailure.of(DemoFailure.UNREACHABLE, e);
    }
  }

  private static void reach(RedisAddress address) {
    RedisURI uri;
    try {
      uri = RedisURI.create(address.url());
    } catch (IllegalArgumentException e) {
      throw new DemoFailure(
          DemoFailure.USAGE,
          address.variable() + " is " + address.shown() + ": the Redis client does not take this"
              + " address.\nThe form is redis://user:password@host:6379/0 or rediss://…",
          e);
    }
    uri.setTimeout(ANSWER_LIMIT);
    RedisClient client = RedisClient.create();
    try (StatefulRedisConnection<String, String> connection = client.connect(uri)) {
      connection.sync().ping();
      refuseClusterNode(address, connection);
    } catch (RedisException e) {
      throw new DemoFailure(
          DemoFailure.UNREACHABLE,
          address.variable() + " is " + address.shown() + ": " + reason(e)
              + " (tried to connect and"
              + " PING, for at most " + ANSWER_LIMIT.toSeconds()
              + " s).\nStart that server, correct "
              + address.variable() + ", or leave it out: the demo then starts a Redis by itself, or"
              + " none with --no-redis.",
          e);
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
  }

  private static void refuseClusterNode(
      RedisAddress address, StatefulRedisConnection<String, String> connection) {
    String info;
    try {
      info = connection.sync().info("cluster");
    } catch (RedisCommandExecutionException e) {
      // An access list that forbids the question is no fault.
      return;
    }
    if (info.contains("cluster_enabled:1")) {
      throw new DemoFailure(
          DemoFailure.USAGE,
          address.variable() + " is " + address.shown()
              + ": the server is a node of a Redis Cluster, and the demo takes a single server.\nSet "
              + address.variable()
              + " to a server that is not in cluster mode, or leave it out: the"
              + " demo then starts a Redis by itself. (Larder itself takes a cluster as"
              + " redis-cluster://host:port.)",
          null);
    }
  }

  /** What went wrong, without repeating the address. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof UnknownHostException)) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    if (message.contains("WRONGPASS") || message.contains("NOAUTH")) {
      return "the server does not accept this user and password";
    }
    if (root instanceof UnknownHostException) {
      return "there is no host of this name";
    }
    if (message.contains("refused")) {
      return "no Redis or Valkey server answers there";
    }
    return "the server did not answer as Redis does (" + root.getClass().getSimpleName() + ")";
  }

  private static <T> T starting(String name, java.util.function.Supplier<T> start) {
    try {
      return start.get();
    } catch (RuntimeException e) {
      throw new DemoFailure(
          DemoFailure.FAILED, "The embedded " + name + " does not start: " + e.getMessage(), e);
    }
  }
}
