package dev.larder.showcase.chaos;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The Redis of the demo, as its operator sees it. Each call has a connection of its own, since one that
 * is kept would wait for its turn to connect again. Safe for many threads.
 */
final class DemoRedis implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMillis(500);

  private final RedisClient client;
  private final RedisURI uri;

  DemoRedis(String url) {
    uri = RedisURI.create(url);
    uri.setTimeout(LIMIT);
    client = RedisClient.create();
  }

  /** Whether it answers within half a second. */
  boolean answers() {
    try {
      with(RedisCommands::ping);
      return true;
    } catch (RedisException silent) {
      return false;
    }
  }

  /** Answers nobody for a time. */
  void pause(Duration time) {
    with(commands -> commands.clientPause(time.toMillis()));
  }

  /** Drops everything, of all databases. */
  void empty() {
    with(RedisCommands::flushall);
  }

  /** Cuts the connections of all applications. */
  void cut() {
    with(commands -> commands.clientKill(KillArgs.Builder.typeNormal()));
  }

  private void with(Consumer<RedisCommands<String, String>> task) {
    try (StatefulRedisConnection<String, String> connection = client.connect(uri)) {
      task.accept(connection.sync());
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }
}
