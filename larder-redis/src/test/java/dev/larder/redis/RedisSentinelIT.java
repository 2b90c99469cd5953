package dev.larder.redis;

import static dev.larder.redis.Stores.LONG;
import static dev.larder.redis.Stores.PATIENT;
import static dev.larder.redis.Stores.change;
import static dev.larder.redis.Stores.get;
import static dev.larder.redis.Stores.nonce;
import static dev.larder.redis.Stores.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.log.LogRecord;
import dev.larder.log.Target;
import dev.larder.testkit.EmbeddedRedis;
import dev.larder.tier.Slot;
import dev.larder.tier.StoreSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.core.ExecutableProvider;

/** A primary that dies and is replaced by its replica. */
class RedisSentinelIT {

  @TempDir
  private Path directory;

  private EmbeddedRedis primary;
  private EmbeddedRedis replica;
  private Process sentinel;
  private int sentinelPort;

  @BeforeEach
  void start() throws IOException {
    primary = EmbeddedRedis.start();
    replica = EmbeddedRedis.start("--replicaof", "127.0.0.1", Integer.toString(primary.port()));
    try (ServerSocket socket = new ServerSocket(0)) {
      sentinelPort = socket.getLocalPort();
    }
    Path configuration = directory.resolve("sentinel.conf");
    Files.writeString(configuration, """
        port %d
        bind 127.0.0.1
        dir %s
        sentinel monitor albums 127.0.0.1 %d 1
        sentinel down-after-milliseconds albums 1000
        sentinel failover-timeout albums 2000
        """.formatted(sentinelPort, directory, primary.port()));
    sentinel = new ProcessBuilder(
            ExecutableProvider.newJarResourceProvider(directory.toFile()).get().getPath(),
            configuration.toString(),
            "--sentinel")
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
    Stores.eventually(() -> replica.command("INFO", "replication").contains("link_status:up"));
    Stores.eventually(() -> sentinelKnows("num-slaves\r\n$1\r\n1"));
  }

  @AfterEach
  void stop() {
    if (sentinel != null) {
      sentinel.destroyForcibly();
      sentinel.onExit().join();
    }
    if (replica != null) {
      replica.close();
    }
    primary.close();
  }

  private boolean sentinelKnows(String text) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sentinelPort)) {
      socket
          .getOutputStream()
          .write("SENTINEL MASTER albums\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
          .contains(text);
    } catch (IOException e) {
      return false;
    }
  }

  private void assertFollowsTheFailover(RedisStore store) {
    get(store.log().openEpoch(null, 0, 7, nonce()));
    LogRecord record = get(store.log().append(change(Target.ALL), LONG));
    get(store.tier().plant("a", 0L, 5, LONG));
    Stores.eventually(() -> replica.command("EXISTS", "a").equals("1"));
    primary.kill();
    Stores.eventually(() -> succeeds(store.log().tail()));
    assertThat(replica.command("INFO", "replication")).contains("role:master");
    assertThat(get(store.log().tail()).nonce()).isEqualTo(record.nonce());
    assertThat(get(store.tier().read("a")).nonce()).isEqualTo(5);
    get(store.tier().plant("b", 0L, 6, LONG));
    LogRecord next = get(store.invalidate(change(Target.key("b"), Target.tag("x")), LONG));
    assertThat(next.previousNonce()).isEqualTo(record.nonce());
    assertThat(get(store.tier().read("b"))).isEqualTo(Slot.Empty.FREE);
    // The connection that waits comes back on its own time.
    Stores.eventually(() -> succeeds(store.log().await(record.position(), 1, LONG)));
  }

  @Test
  void failover_isFollowed() {
    String uri = "redis-sentinel://127.0.0.1:" + sentinelPort + "?master=albums";
    try (RedisStore store = Stores.open(uri, "sentinel", PATIENT)) {
      assertFollowsTheFailover(store);
    }
  }

  @Test
  void failover_callersClient_isFollowed() {
    RedisURI uri = RedisURI.Builder.sentinel("127.0.0.1", sentinelPort)
        .withSentinelMasterId("albums")
        .build();
    RedisClient client = RedisClient.create();
    try (RedisStore store = RedisStore.builder()
        .client(client, uri)
        .settings(new StoreSettings("sentinel", PATIENT, 10_000, 1_000))
        .build()) {
      assertFollowsTheFailover(store);
    } finally {
      client.shutdown(0, 2, TimeUnit.SECONDS);
    }
  }
}
