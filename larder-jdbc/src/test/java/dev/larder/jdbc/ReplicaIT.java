package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.TierUnavailableException;
import dev.larder.log.Position;
import dev.larder.testkit.EmbeddedPostgreSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A server that only follows another: what it has may be old. */
class ReplicaIT extends PostgresTest {

  @TempDir(cleanup = CleanupMode.ALWAYS)
  Path directory;

  @Test
  void replica_isNotAsked() throws Exception {
    EmbeddedPostgreSql server =
        closing(EmbeddedPostgreSql.builder().directory(directory).start());
    PostgresDatabase own = closing(PostgresDatabase.on(server));
    JdbcStore store = closing(own.builder(prefix).relayEvery(Duration.ZERO).build());
    Position opening = open(store);
    get(store.log().holdMarkers(List.of("tx"), LONG));
    server.kill();
    Files.createFile(directory.resolve("data/standby.signal"));
    server.restart();

    patiently()
        .untilAsserted(() -> assertThatThrownBy(() -> get(store.log().tail()))
            .isInstanceOf(TierUnavailableException.class)
            .hasMessageContaining("replica"));
    assertThatThrownBy(() -> get(store.log().openEpoch(opening, 1, 8, 1)))
        .isInstanceOf(TierUnavailableException.class);
    assertThat(get(store.log().markers(List.of("tx")))).isEmpty();
    assertThatThrownBy(() -> get(store.tier().read(key("1"))))
        .isInstanceOf(TierUnavailableException.class);

    server.kill();
    Files.delete(directory.resolve("data/standby.signal"));
    server.restart();
    patiently()
        .untilAsserted(() -> assertThat(get(store.log().tail()).position()).isEqualTo(opening));
  }
}
