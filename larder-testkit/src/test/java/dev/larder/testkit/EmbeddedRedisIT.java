package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EmbeddedRedisIT {

  @Test
  void start_answersOnLoopback() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      assertThat(redis.uri()).isEqualTo("redis://127.0.0.1:" + redis.port());
      assertThat(redis.version()).startsWith("6.2");
      assertThat(redis.isAlive()).isTrue();
      assertThat(redis.command("SET", "k", "värde")).isEqualTo("OK");
      assertThat(redis.command("GET", "k")).isEqualTo("värde");
      assertThat(redis.command("GET", "none")).isEmpty();
      assertThat(redis.command("INCR", "n")).isEqualTo("1");
      assertThat(redis.command("MGET", "k", "n")).isEqualTo("värde\n1");
      assertThatThrownBy(() -> redis.command("NONSENSE"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("unknown command");
    }
  }

  @Test
  void start_takesOptions() {
    try (EmbeddedRedis redis =
        EmbeddedRedis.start("--maxmemory", "20mb", "--maxmemory-policy", "allkeys-lru")) {
      assertThat(redis.command("CONFIG", "GET", "maxmemory-policy"))
          .isEqualTo("maxmemory-policy\nallkeys-lru");
    }
  }

  @Test
  void start_wrongOption_saysWhy() {
    assertThatThrownBy(() -> EmbeddedRedis.start("--no-such-option", "1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no-such-option");
  }

  @Test
  void installed_answersIfThere() {
    EmbeddedRedis.installed().ifPresent(redis -> {
      try (redis) {
        assertThat(redis.command("PING")).isEqualTo("PONG");
      }
    });
  }

  @Test
  void restart_keepsDataAndPort() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      int port = redis.port();
      redis.command("SET", "k", "v");
      redis.restart();
      assertThat(redis.command("GET", "k")).isEqualTo("v");
      redis.restartEmpty();
      assertThat(redis.command("DBSIZE")).isEqualTo("0");
      assertThat(redis.port()).isEqualTo(port);
    }
  }

  @Test
  void kill_losesWhatWasNotSaved() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      redis.command("SET", "saved", "1");
      redis.save();
      redis.command("SET", "lost", "1");
      redis.kill();
      assertThat(redis.isAlive()).isFalse();
      assertThatThrownBy(() -> redis.command("PING")).isInstanceOf(UncheckedIOException.class);
      redis.startAgain();
      assertThat(redis.command("KEYS", "*")).isEqualTo("saved");
    }
  }

  @Test
  void flush_removesAll() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      redis.command("SET", "k", "v");
      redis.flush();
      assertThat(redis.command("DBSIZE")).isEqualTo("0");
    }
  }

  @Test
  void pause_leavesConnectionsUnanswered() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      redis.pause();
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(50);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      redis.resume();
      socket.setSoTimeout(30_000);
      assertThat(socket.getInputStream().readNBytes(7))
          .isEqualTo("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void close_whilePaused_ends() {
    EmbeddedRedis redis = EmbeddedRedis.start();
    redis.pause();
    redis.close();
    redis.close();
    assertThat(redis.isAlive()).isFalse();
  }
}
