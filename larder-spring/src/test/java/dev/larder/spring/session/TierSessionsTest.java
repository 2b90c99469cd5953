package dev.larder.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.memory.MemoryStore;
import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Slots that hold sessions, and those that name the sessions of a principal. */
class TierSessionsTest {

  private final MemoryStore store = MemoryStore.create();
  private final TestClock clock = new TestClock();
  private final TierSessions sessions =
      new TierSessions(store, true, "app", Duration.ofSeconds(10), clock, SessionServers.CODECS);

  private StoredSession session(String digest, String principal, long lastAccess) {
    return new StoredSession(digest, null, principal, lastAccess, lastAccess, 60_000, Map.of());
  }

  private void overwrite(String digest, byte[] body) {
    String key = "app:held-session:" + digest;
    Tier tier = store.tier();
    tier.plant(key, null, 1, Duration.ofMinutes(1)).toCompletableFuture().join();
    tier.fill(key, 1, new Tier.Fill(2, body, Duration.ofMinutes(1)))
        .toCompletableFuture()
        .join();
  }

  @Test
  void answerOfAnotherSession_isTakenForNone() {
    sessions.create(session("one", null, clock.millis()));
    Slot.Filled one = (Slot.Filled)
        store.tier().read("app:held-session:one").toCompletableFuture().join();
    ByteBuffer body = one.body();
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    overwrite("other", bytes);
    assertThat(sessions.find("one")).isNotNull();
    assertThat(sessions.find("other")).isNull();
  }

  @Test
  void foreignBytes_areNoSession() {
    for (String text :
        List.of("", "\u0001", "\u0001{}", "\u0001{\"digest\":\"d\"", "\u0002{}", "x")) {
      overwrite("d", text.getBytes(StandardCharsets.UTF_8));
      assertThat(sessions.find("d")).isNull();
    }
  }

  @Test
  void logInsAtOnce_areAllNamed() {
    var pool = Executors.newFixedThreadPool(8);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      StoredSession session = session("s" + i, "ann", clock.millis());
      all.add(CompletableFuture.runAsync(() -> sessions.create(session), pool));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    pool.shutdown();
    assertThat(sessions.ofPrincipal("ann")).hasSize(100);
  }

  @Test
  void namesOfAPrincipal_areBounded_andThoseThatEndedGo() {
    long now = clock.millis();
    for (int i = 0; i < TierSessions.MOST_OF_PRINCIPAL + 5; i++) {
      sessions.create(session("s" + i, "ann", now + i));
    }
    List<StoredSession> found = sessions.ofPrincipal("ann");
    assertThat(found).hasSize(TierSessions.MOST_OF_PRINCIPAL);
    assertThat(found).extracting(StoredSession::digest).doesNotContain("s4").contains("s5");

    clock.advance(Duration.ofMinutes(2));
    sessions.create(session("new", "ann", clock.millis()));
    assertThat(sessions.ofPrincipal("ann"))
        .extracting(StoredSession::digest)
        .containsExactly("new");
  }
}
