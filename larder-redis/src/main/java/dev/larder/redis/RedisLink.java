package dev.larder.redis;

import dev.larder.TierUnavailableException;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One connection to the primary, kept up.
 *
 * <p>Lettuce could reconnect by itself, but not from a first failure, nor from a link that is up and
 * silent. So each connection here is used until it breaks and then replaced:
 *
 * <ul>
 *   <li>While there is none, calls fail at once. Only until the very first attempt has ended they
 *       wait for it, at most one command time-out, so that a program may open a store and use it.
 *   <li>A connection is dropped when it breaks, when a command ran out of time and nothing at all
 *       was answered since it was sent (a stalled link, a paused server), and when the server says
 *       that it is a replica. What was under way on it fails; nothing is sent again, so nothing
 *       takes effect long after its caller gave up.
 *   <li>A new one is tried at once, then after 10 ms, doubling to at most 500 ms, for ever. It
 *       counts only when the server has accepted a write command: a replica, or a primary that may
 *       not write, is as good as none.
 * </ul>
 *
 * <p>Stages complete on Lettuce's event loop: what hangs on them must be short and must not block.
 * They are copies, so cancelling one shifts nobody's answer. Safe for use by many threads.
 */
final class RedisLink implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(RedisLink.class);
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 500;
  private static final long PROBE_PAUSE_MILLIS = 5;
  private static final int PROBES = 20;
  private static final String BROKE = "the connection broke";
  private static final String CLOSED = "closed";

  /** Keys are text in UTF-8, values are bytes as they are. */
  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  /** A connection and the commands on it. */
  record Connection(
      StatefulConnection<String, byte[]> stateful,
      RedisClusterAsyncCommands<String, byte[]> commands) {

    void hangUp() {
      CompletableFuture<?> unused = stateful.closeAsync();
    }
  }

  /** What sends commands, and the stage of their answer. */
  interface Request<A extends @Nullable Object> extends Function<Connection, CompletionStage<A>> {}

  /** A connection in use: since when, and the number of answers it gave. */
  private record Session(Connection connection, long sinceNanos, AtomicLong answers) {}

  /**
   * What a link needs to know.
   *
   * @param server for people, without credentials
   * @param connector opens a connection
   * @param probe a key that never exists, on the primary that must accept writes
   * @param admission what a new connection must pass after that; its failure closes the connection
   * @param timer for pauses and limits
   * @param commandTimeout after this Lettuce gives a command up
   * @param connectTimeout after this Lettuce gives an attempt to connect up, and to greet
   * @param reconnects whether a connection keeps itself up (a cluster's does)
   */
  record Setup(
      String server,
      Supplier<CompletableFuture<Connection>> connector,
      String probe,
      Function<Connection, CompletionStage<?>> admission,
      ScheduledExecutorService timer,
      Duration commandTimeout,
      Duration connectTimeout,
      boolean reconnects) {}

  private final Setup setup;
  private final boolean quiet;
  private final Runnable onFirstUp;
  private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean wasUp = new AtomicBoolean();
  private final CompletableFuture<@Nullable Void> firstAttempt = new CompletableFuture<>();
  private volatile String lastFailure = "not connected yet";
  private volatile @Nullable Throwable lastCause;
  private volatile boolean closed;

  /**
   * A link that connects at the first call or by {@link #start}.
   *
   * @param quiet whether another link to the same server tells of its coming and going
   * @param onFirstUp runs once, on an event loop, when there first is a connection
   */
  RedisLink(Setup setup, boolean quiet, Runnable onFirstUp) {
    this.setup = setup;
    this.quiet = quiet;
    this.onFirstUp = onFirstUp;
  }

  /** Begins to connect, in the background. Has no effect the second time. */
  void start() {
    if (started.compareAndSet(false, true)) {
      Future<?> unused = firstAttempt.completeOnTimeout(
          null, setup.commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
      connect(0);
    }
  }

  /** Whether there is a connection now. */
  boolean isUp() {
    return session.get() != null;
  }

  /** Sends commands, and gives what {@code result} makes of the answer. */
  <A extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> call(
      Request<A> request, Function<A, T> result) {
    Session current = session.get();
    return current == null
        ? withoutConnection(() -> call(request, result))
        : call(current, request, result);
  }

  /** As {@link #call}, dropping the connection if it has not answered within {@code limit}. */
  <A extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> callWithin(
      Duration limit, Request<A> request, Function<A, T> result) {
    Session current = session.get();
    if (current == null) {
      return withoutConnection(() -> callWithin(limit, request, result));
    }
    long millis = limit.toMillis();
    Future<?> alarm;
    try {
      alarm = setup
          .timer()
          .schedule(
              () -> drop(current, "no answer within " + millis + " ms"),
              millis,
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(unavailable(CLOSED, e));
    }
    return call(current, request, result).whenComplete((answer, failure) -> alarm.cancel(false));
  }

  /** Connects no more, and fails later calls. The connection itself ends with its client. */
  @Override
  public void close() {
    closed = true;
    lastFailure = CLOSED;
    session.set(null);
    firstAttempt.complete(null);
  }

  private <A extends @Nullable Object, T extends @Nullable Object> CompletionStage<T> call(
      Session current, Request<A> request, Function<A, T> result) {
    long answersBefore = current.answers().get();
    CompletionStage<A> sent;
    try {
      sent = request.apply(current.connection());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    return sent.handle((answer, failure) -> {
      if (failure != null) {
        throw failed(current, answersBefore, unwrap(failure));
      }
      current.answers().incrementAndGet();
      return result.apply(answer);
    });
  }

  private <T extends @Nullable Object> CompletionStage<T> withoutConnection(
      Supplier<CompletionStage<T>> call) {
    start();
    if (!closed && !firstAttempt.isDone()) {
      return firstAttempt.thenCompose(ended -> call.get());
    }
    return isUp()
        ? call.get()
        : CompletableFuture.failedFuture(unavailable(lastFailure, lastCause));
  }

  private TierUnavailableException failed(Session current, long answersBefore, Throwable failure) {
    if (failure instanceof RedisCommandTimeoutException) {
      if (current.answers().get() == answersBefore) {
        drop(current, "no answer within " + setup.commandTimeout().toMillis() + " ms");
      }
    } else if (failure instanceof RedisCommandExecutionException) {
      current.answers().incrementAndGet();
      if (isOfReplica(failure)) {
        drop(current, "the server is a replica");
      }
    }
    return unavailable(String.valueOf(failure.getMessage()), failure);
  }

  /** A script of 6.2 wraps the server's words in its own. */
  private static boolean isOfReplica(Throwable failure) {
    return failure.getMessage() != null && failure.getMessage().contains("READONLY ");
  }

  private TierUnavailableException unavailable(String why, @Nullable Throwable cause) {
    return new TierUnavailableException("redis " + setup.server() + ": " + why, cause);
  }

  private void connect(int failures) {
    if (closed) {
      return;
    }
    CompletableFuture<Connection> opened;
    try {
      opened = setup.connector().get();
    } catch (RuntimeException e) {
      opened = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<Connection> attempt = opened;
    CompletableFuture<?> unused = attempt
        .thenCompose(connection ->
            probe(connection).thenCompose(accepted -> setup.admission().apply(connection)))
        // Lettuce ends each attempt itself; this is for a name lookup that never ends.
        .orTimeout(setup.connectTimeout().toMillis() * 4, TimeUnit.MILLISECONDS)
        .whenComplete((probed, failure) -> {
          if (failure == null) {
            up(attempt.join());
          } else {
            CompletableFuture<?> unusedLate = attempt.thenAccept(Connection::hangUp);
            notUp(failures + 1, unwrap(failure));
          }
        });
  }

  private CompletionStage<?> probe(Connection connection) {
    CompletionStage<?> probed = probe(connection, PROBES);
    if (setup.reconnects()) {
      return probed;
    }
    return probed
        .<CompletionStage<?>>handle((accepted, failure) -> {
          if (failure == null) {
            return refuseClusterNode(connection);
          }
          Throwable cause = unwrap(failure);
          return CompletableFuture.failedFuture(isOfClusterNode(cause) ? clusterNode() : cause);
        })
        .thenCompose(stage -> stage);
  }

  /**
   * A node that has all slots, or by chance the probe's, accepts the probe, and then refuses scripts
   * that name keys of two slots. A server that does not say what it is goes for a single one.
   */
  private static CompletionStage<?> refuseClusterNode(Connection connection) {
    return connection.commands().info("cluster").handle((info, failure) -> {
      if (failure == null && info.contains("cluster_enabled:1")) {
        throw clusterNode();
      }
      return info;
    });
  }

  private static boolean isOfClusterNode(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.startsWith("MOVED ")
        || message.startsWith("ASK ")
        || message.startsWith("CLUSTERDOWN ");
  }

  private static RedisException clusterNode() {
    return new RedisException("the server is a node of a cluster, which the address must say:"
        + " redis-cluster://host:port");
  }

  /**
   * Has the server accept a write command.
   *
   * <p>With credentials Lettuce may hand a connection out a moment before it takes commands, and
   * then refuses them; so a refusal by Lettuce itself is worth another try.
   */
  private CompletionStage<?> probe(Connection connection, int tries) {
    return connection.commands().unlink(setup.probe()).exceptionallyCompose(failure -> {
      boolean refused = unwrap(failure).getClass() == RedisException.class;
      if (!refused || tries == 1) {
        return CompletableFuture.failedFuture(failure);
      }
      CompletableFuture<Long> again = new CompletableFuture<>();
      return again
          .completeOnTimeout(0L, PROBE_PAUSE_MILLIS, TimeUnit.MILLISECONDS)
          .thenCompose(paused -> probe(connection, tries - 1))
          .thenApply(probed -> 0L);
    });
  }

  private void up(Connection connection) {
    Session fresh = new Session(connection, System.nanoTime(), new AtomicLong());
    if (!setup.reconnects()) {
      connection.stateful().addListener(new RedisConnectionStateListener() {
        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> broken) {
          drop(fresh, BROKE);
        }
      });
    }
    session.set(fresh);
    if (closed) {
      drop(fresh, CLOSED);
    } else if (!setup.reconnects() && !connection.stateful().isOpen()) {
      // It broke before anyone listened.
      drop(fresh, BROKE);
    } else if (wasUp.compareAndSet(false, true)) {
      LOGGER.debug("redis {}: connected", setup.server());
      onFirstUp.run();
    } else {
      tell(Level.INFO, "connected again");
    }
    firstAttempt.complete(null);
  }

  private void notUp(int failures, Throwable failure) {
    Throwable cause = failure.getCause();
    String why = failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
    if (!closed) {
      lastFailure = why;
      lastCause = failure;
      if (failures == 1 && !wasUp.get()) {
        tell(Level.WARN, "not connected, trying on (" + why + ")");
      }
    }
    firstAttempt.complete(null);
    long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures - 1, 6));
    // Many nodes that lost one server should not come back in step.
    later(pause - ThreadLocalRandom.current().nextLong(pause / 4 + 1), failures);
  }

  private void drop(Session dropped, String why) {
    if (!session.compareAndSet(dropped, null)) {
      return;
    }
    dropped.connection().hangUp();
    if (!closed) {
      lastFailure = why;
      tell(Level.WARN, "disconnected (" + why + ")");
      // A server that hangs up on everybody is not asked in a tight loop.
      boolean lasted = System.nanoTime() - dropped.sinceNanos() > TimeUnit.SECONDS.toNanos(1);
      later(lasted ? 0 : FIRST_PAUSE_MILLIS, 0);
    }
  }

  private void later(long millis, int failures) {
    try {
      Future<?> unused =
          setup.timer().schedule(() -> connect(failures), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOGGER.debug("redis {}: the client was shut down", setup.server(), e);
    }
  }

  private void tell(Level level, String what) {
    LOGGER.atLevel(quiet ? Level.DEBUG : level).log("redis {}: {}", setup.server(), what);
  }

  /** What a stage failed with, without the wrapping of the stages behind it. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
