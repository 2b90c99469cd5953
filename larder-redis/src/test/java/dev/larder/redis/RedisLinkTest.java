package dev.larder.redis;

import static dev.larder.redis.Stores.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.TierUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a link deals with connections that are made up here. */
class RedisLinkTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger up = new AtomicInteger();
  private final AtomicInteger connects = new AtomicInteger();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  /** A link that opens one connection after another, the last one again and again. */
  private RedisLink link(List<Supplier<CompletableFuture<RedisLink.Connection>>> connections) {
    Iterator<Supplier<CompletableFuture<RedisLink.Connection>>> left = connections.iterator();
    return new RedisLink(
        new RedisLink.Setup(
            "server",
            () -> {
              connects.incrementAndGet();
              return left.hasNext() ? left.next().get() : new CompletableFuture<>();
            },
            "probe",
            any -> CompletableFuture.completedFuture(true),
            timer,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            false),
        true,
        up::incrementAndGet);
  }

  /** A connection whose probes are answered one after another as given; null is acceptance. */
  private Supplier<CompletableFuture<RedisLink.Connection>> connection(Throwable... probes) {
    return connection("cluster_enabled:0", probes);
  }

  private Supplier<CompletableFuture<RedisLink.Connection>> connection(
      String info, Throwable... probes) {
    Iterator<Throwable> answers = java.util.Arrays.asList(probes).iterator();
    Object commands = Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {RedisClusterAsyncCommands.class},
        (proxy, method, arguments) -> method.getName().equals("info")
            ? info(info)
            : answer(answers.hasNext() ? answers.next() : null));
    Object stateful = Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {StatefulConnection.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "isOpen" -> true;
          case "closeAsync" -> CompletableFuture.completedFuture(closed.incrementAndGet());
          default -> null;
        });
    @SuppressWarnings("unchecked")
    RedisLink.Connection connection = new RedisLink.Connection(
        (StatefulConnection<String, byte[]>) stateful,
        (RedisClusterAsyncCommands<String, byte[]>) commands);
    return () -> CompletableFuture.completedFuture(connection);
  }

  private static RedisFuture<Long> answer(Throwable failure) {
    AsyncCommand<String, byte[], Long> command =
        new AsyncCommand<>(new Command<>(CommandType.UNLINK, new IntegerOutput<>(RedisLink.CODEC)));
    if (failure == null) {
      command.complete();
    } else {
      command.completeExceptionally(failure);
    }
    return command;
  }

  private static RedisFuture<String> info(String text) {
    StatusOutput<String, byte[]> output = new StatusOutput<>(RedisLink.CODEC);
    output.set(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    AsyncCommand<String, byte[], String> command =
        new AsyncCommand<>(new Command<>(CommandType.INFO, output));
    command.complete();
    return command;
  }

  private static CompletionStage<String> call(RedisLink link, CompletionStage<String> answer) {
    return link.call(connection -> answer, text -> text);
  }

  private static CompletionStage<String> done() {
    return CompletableFuture.completedFuture("done");
  }

  @Test
  void callBeforeTheFirstAttemptEnds_waitsForIt() {
    CompletableFuture<RedisLink.Connection> attempt = new CompletableFuture<>();
    RedisLink link = link(List.of(() -> attempt));
    CompletionStage<String> call = call(link, done());
    assertThat(call.toCompletableFuture()).isNotDone();
    attempt.complete(connection().get().join());
    assertThat(get(call)).isEqualTo("done");
    assertThat(up).hasValue(1);
  }

  @Test
  void callAfterAFailedAttempt_failsAtOnceWithItsReason() {
    RedisLink link = link(List.of(
        () -> CompletableFuture.failedFuture(new IllegalStateException("nobody there")),
        CompletableFuture::new));
    link.start();
    assertThatThrownBy(() -> get(call(link, done())))
        .isInstanceOf(TierUnavailableException.class)
        .hasMessage("redis server: nobody there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MOVED 1 127.0.0.1:7001", "CLUSTERDOWN Hash slot not served"})
  void nodeOfAClusterThatRefuses_isToldInWordsOfTheAddress(String refusal) {
    assertRefusedAsClusterNode(connection(new RedisCommandExecutionException(refusal)));
  }

  @Test
  void nodeOfAClusterThatAccepts_isRefusedToo() {
    assertRefusedAsClusterNode(connection("# Cluster\r\ncluster_enabled:1\r\n"));
  }

  private void assertRefusedAsClusterNode(
      Supplier<CompletableFuture<RedisLink.Connection>> connection) {
    RedisLink link = link(List.of(connection));
    assertThatThrownBy(() -> get(call(link, done())))
        .isInstanceOf(TierUnavailableException.class)
        .hasMessageContaining("redis server: the server is a node of a cluster")
        .hasMessageContaining("redis-cluster://");
    assertThat(closed).hasValue(1);
    assertThat(up).hasValue(0);
  }

  @Test
  void refusedByTheClientForAMoment_isProbedAgain() {
    RedisException early = new RedisException("Currently not connected.");
    RedisLink link = link(List.of(connection(early, early, null)));
    assertThat(get(call(link, done()))).isEqualTo("done");
    assertThat(connects).hasValue(1);
    assertThat(closed).hasValue(0);
  }

  @Test
  void refusedByTheServer_isClosedAndTriedAgain() {
    RedisLink link = link(List.of(
        connection(new RedisCommandExecutionException("READONLY You can't write")), connection()));
    assertThatThrownBy(() -> get(call(link, done()))).hasMessageContaining("READONLY");
    Stores.eventually(link::isUp);
    assertThat(closed).hasValue(1);
    assertThat(get(call(link, done()))).isEqualTo("done");
    assertThat(up).hasValue(1);
  }

  @Test
  void timeOutWithoutAnyAnswer_dropsTheConnection() {
    RedisLink link = link(List.of(connection(), connection()));
    CompletableFuture<String> silent = new CompletableFuture<>();
    CompletionStage<String> call = call(link, silent);
    silent.completeExceptionally(new RedisCommandTimeoutException("timed out"));
    assertThatThrownBy(() -> get(call)).isInstanceOf(TierUnavailableException.class);
    assertThat(closed).hasValue(1);
    Stores.eventually(link::isUp);
    assertThat(connects).hasValue(2);
  }

  @Test
  void timeOutAmongAnswers_keepsTheConnection() {
    RedisLink link = link(List.of(connection(), connection()));
    CompletableFuture<String> slow = new CompletableFuture<>();
    CompletionStage<String> call = call(link, slow);
    get(call(link, done()));
    slow.completeExceptionally(new RedisCommandTimeoutException("timed out"));
    assertThatThrownBy(() -> get(call)).isInstanceOf(TierUnavailableException.class);
    assertThat(link.isUp()).isTrue();
    assertThat(closed).hasValue(0);
  }

  @Test
  void waitThatIsNotAnsweredInTime_dropsTheConnection() {
    RedisLink link = link(List.of(connection(), connection()));
    get(call(link, done()));
    CompletableFuture<String> silent = new CompletableFuture<>();
    link.callWithin(Duration.ofMillis(20), connection -> silent, text -> text);
    Stores.eventually(() -> closed.get() == 1);
    Stores.eventually(link::isUp);
  }

  @Test
  void waitThatIsAnsweredInTime_keepsTheConnection() {
    RedisLink link = link(List.of(connection()));
    String answer = get(link.callWithin(Duration.ofMinutes(1), connection -> done(), text -> text));
    assertThat(answer).isEqualTo("done");
    assertThat(link.isUp()).isTrue();
  }

  @Test
  void argumentFault_reachesTheCallerAsItIs() {
    RedisLink link = link(List.of(connection()));
    get(call(link, done()));
    assertThatThrownBy(() -> get(link.call(
            connection -> {
              throw new IllegalArgumentException("fault");
            },
            text -> text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cancelledCopy_leavesTheSharedAnswer() {
    RedisLink link = link(List.of(connection()));
    get(call(link, done()));
    CompletableFuture<String> answer = new CompletableFuture<>();
    call(link, answer).toCompletableFuture().cancel(true);
    assertThat(answer).isNotDone();
  }

  @Test
  void closedBeforeConnected_connectionIsGivenBack() {
    CompletableFuture<RedisLink.Connection> attempt = new CompletableFuture<>();
    RedisLink link = link(List.of(() -> attempt));
    link.start();
    link.close();
    attempt.complete(connection().get().join());
    assertThat(closed).hasValue(1);
    assertThat(link.isUp()).isFalse();
    assertThat(up).hasValue(0);
    assertThatThrownBy(() -> get(call(link, done()))).hasMessage("redis server: closed");
  }
}
