package dev.larder.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.TimeoutOptions.TimeoutSource;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lettuce client set up for a cache: answers come soon or not at all.
 *
 * <p>Commands are refused while there is no connection, the queue of those under way is bounded,
 * each has a time-out, and a connection is not mended but replaced (see {@link RedisLink}). Only a
 * cluster's connections mend themselves, node by node. RESP2 is spoken: nothing here needs more, and
 * it spares old servers and access lists the HELLO. Threads are daemons.
 */
final class LettuceClient implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(LettuceClient.class);

  /** At 20,000 commands a second, what one command time-out can pile up. */
  private static final int REQUEST_QUEUE = 20_000;

  /** Time-outs are late by up to this; Lettuce's own timer ticks every 100 ms. */
  private static final long TICK_MILLIS = 20;

  private static final long CLOSE_SECONDS = 2;

  private final AbstractRedisClient client;
  private final @Nullable OwnResources own;
  private final IntFunction<CompletableFuture<RedisLink.Connection>> connector;
  private final int database;
  private final String server;
  private final Duration commandTimeout;
  private final Duration connectTimeout;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LettuceClient(
      AbstractRedisClient client,
      @Nullable OwnResources own,
      IntFunction<CompletableFuture<RedisLink.Connection>> connector,
      int database,
      String server,
      Duration commandTimeout,
      Duration connectTimeout) {
    this.client = client;
    this.own = own;
    this.connector = connector;
    this.database = database;
    this.server = server;
    this.commandTimeout = commandTimeout;
    this.connectTimeout = connectTimeout;
  }

  /** Threads and timer that this client made and ends. */
  private record OwnResources(ClientResources resources, Timer timer) {
    static OwnResources create() {
      Timer timer = new HashedWheelTimer(
          new DefaultThreadFactory("larder-redis-timer", true), TICK_MILLIS, TimeUnit.MILLISECONDS);
      ClientResources resources = ClientResources.builder()
          .ioThreadPoolSize(2)
          .computationThreadPoolSize(2)
          .timer(timer)
          .reconnectDelay(Delay.exponential(
              Duration.ofMillis(10), Duration.ofMillis(500), 2, TimeUnit.MILLISECONDS))
          .threadFactoryProvider(pool -> new DefaultThreadFactory("larder-redis-" + pool, true))
          .build();
      return new OwnResources(resources, timer);
    }

    CompletableFuture<?> end() {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      resources.shutdown(0, CLOSE_SECONDS, TimeUnit.SECONDS).addListener(done -> {
        timer.stop();
        ended.complete(null);
      });
      return ended;
    }
  }

  /** A client for an address, with threads of its own. Does not connect. */
  static LettuceClient open(
      RedisAddress address, Duration commandTimeout, Duration connectTimeout) {
    OwnResources own = OwnResources.create();
    List<RedisURI> uris = address.uris(connectTimeout);
    if (address.kind() == RedisAddress.Kind.CLUSTER) {
      RedisClusterClient client = RedisClusterClient.create(own.resources(), uris);
      client.setOptions(clusterOptions(commandTimeout, connectTimeout));
      return new LettuceClient(
          client,
          own,
          none -> connect(client),
          0,
          address.server(),
          commandTimeout,
          connectTimeout);
    }
    return single(
        RedisClient.create(own.resources(), uris.get(0)),
        own,
        uris.get(0),
        ClientOptions.builder()
            .socketOptions(socketOptions(connectTimeout))
            .protocolVersion(ProtocolVersion.RESP2),
        address.server(),
        commandTimeout,
        connectTimeout);
  }

  /** Connects to all primaries: a command for one that is not connected yet would be refused. */
  private static CompletableFuture<RedisLink.Connection> connect(RedisClusterClient client) {
    return client
        .refreshPartitionsAsync()
        .toCompletableFuture()
        .thenCompose(known -> client.connectAsync(RedisLink.CODEC))
        .thenCompose(connection -> {
          List<CompletableFuture<?>> primaries = new ArrayList<>();
          for (RedisClusterNode node : connection.getPartitions()) {
            if (node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.getSlots().isEmpty()) {
              // One that is down costs its own slots, no others.
              primaries.add(connection
                  .getConnectionAsync(node.getUri().getHost(), node.getUri().getPort())
                  .exceptionally(failure -> null));
            }
          }
          return CompletableFuture.allOf(primaries.toArray(CompletableFuture[]::new))
              .thenApply(done -> new RedisLink.Connection(connection, connection.async()));
        });
  }

  /** A client that shares the threads and options of another, which stays the caller's. */
  static LettuceClient beside(
      RedisClient other, RedisURI uri, Duration commandTimeout, Duration connectTimeout) {
    RedisURI own = new GreetedWithin(uri, connectTimeout);
    return single(
        RedisClient.create(other.getResources(), own),
        null,
        own,
        other.getOptions().mutate(),
        uri.getSentinelMasterId() == null
            ? uri.getHost() + ":" + uri.getPort()
            : uri.getSentinelMasterId(),
        commandTimeout,
        connectTimeout);
  }

  /** A copy of an address with another time-out for the greeting, which is a minute by default. */
  private static final class GreetedWithin extends RedisURI {

    private static final long serialVersionUID = 1L;

    GreetedWithin(RedisURI source, Duration timeout) {
      super(source);
      setTimeout(timeout);
      getSentinels().forEach(sentinel -> sentinel.setTimeout(timeout));
    }
  }

  private static LettuceClient single(
      RedisClient client,
      @Nullable OwnResources own,
      RedisURI uri,
      ClientOptions.Builder options,
      String server,
      Duration commandTimeout,
      Duration connectTimeout) {
    client.setOptions(common(options, commandTimeout).autoReconnect(false).build());
    return new LettuceClient(
        client,
        own,
        database -> client
            .connectAsync(RedisLink.CODEC, in(database, uri))
            .toCompletableFuture()
            .thenApply(connection -> new RedisLink.Connection(connection, connection.async())),
        uri.getDatabase(),
        server,
        commandTimeout,
        connectTimeout);
  }

  private static RedisURI in(int database, RedisURI uri) {
    if (database == uri.getDatabase()) {
      return uri;
    }
    RedisURI other = RedisURI.builder(uri).build();
    other.setDatabase(database);
    return other;
  }

  private static ClusterClientOptions clusterOptions(
      Duration commandTimeout, Duration connectTimeout) {
    ClusterTopologyRefreshOptions refresh = ClusterTopologyRefreshOptions.builder()
        .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
        .enablePeriodicRefresh(Duration.ofSeconds(15))
        .build();
    ClusterClientOptions.Builder options = ClusterClientOptions.builder();
    common(options, commandTimeout)
        .socketOptions(socketOptions(connectTimeout))
        .protocolVersion(ProtocolVersion.RESP2);
    return options.topologyRefreshOptions(refresh).build();
  }

  private static ClientOptions.Builder common(
      ClientOptions.Builder options, Duration commandTimeout) {
    return options
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(REQUEST_QUEUE)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .timeoutOptions(TimeoutOptions.builder()
            .timeoutCommands()
            .timeoutSource(new CommandTimeout(commandTimeout.toMillis()))
            .build());
  }

  /** One time-out for all commands but the one that waits, which the link watches itself. */
  private static final class CommandTimeout extends TimeoutSource {

    private final long millis;

    CommandTimeout(long millis) {
      this.millis = millis;
    }

    @Override
    public long getTimeout(RedisCommand<?, ?, ?> command) {
      return command.getType() == CommandType.XREAD ? 0 : millis;
    }

    @Override
    public TimeUnit getTimeUnit() {
      return TimeUnit.MILLISECONDS;
    }
  }

  private static SocketOptions socketOptions(Duration connectTimeout) {
    return SocketOptions.builder()
        .connectTimeout(connectTimeout)
        .keepAlive(true)
        .build();
  }

  /** Host and port, without credentials. */
  String server() {
    return server;
  }

  boolean isCluster() {
    return client instanceof RedisClusterClient;
  }

  /** The database that the address names. */
  int database() {
    return database;
  }

  /**
   * What a link over this client needs.
   *
   * @param database the one to use, 0 on a cluster
   * @param admission what a new connection must pass beside the probe
   */
  RedisLink.Setup setup(
      int database, String probe, Function<RedisLink.Connection, CompletionStage<?>> admission) {
    return new RedisLink.Setup(
        server,
        () -> connector.apply(database),
        probe,
        admission,
        client.getResources().eventExecutorGroup(),
        commandTimeout,
        connectTimeout,
        isCluster());
  }

  /** Ends connections and own threads; waits at most two seconds. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    CompletableFuture<?> ended = client.shutdownAsync(0, CLOSE_SECONDS, TimeUnit.SECONDS);
    OwnResources made = own;
    if (made != null) {
      // Given resources count as shared for Lettuce, which leaves them open.
      ended = ended.exceptionally(failure -> null).thenCompose(closedConnections -> made.end());
    }
    try {
      ended.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOGGER.debug("redis {}: not closed in full", server, e);
    }
  }
}
