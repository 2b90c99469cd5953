package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.LookupListener;
import dev.larder.memory.MemoryStore;
import dev.larder.testkit.TextCodecs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners hear: answers, times, and that a load goes to another thread. */
class LookupListenerTest {

  /** Notes all that it hears. */
  private static final class Noted implements LookupListener {

    final List<String> answers = new CopyOnWriteArrayList<>();
    final List<String> looks = new CopyOnWriteArrayList<>();
    final List<String> loads = new CopyOnWriteArrayList<>();
    final List<Thread> carriedFrom = new CopyOnWriteArrayList<>();
    final ThreadLocal<String> account = ThreadLocal.withInitial(() -> "nobody's");
    boolean isBroken;

    @Override
    public void onLookup(String cache, Object key, @Nullable CacheTier tier, boolean isStale) {
      answers.add(key + " " + tier);
      if (isBroken) {
        throw new IllegalStateException("it is broken");
      }
    }

    @Override
    public void onLookBelow(String cache, int keys, long nanos) {
      looks.add(cache + " " + keys);
      assertThat(nanos).isPositive();
      if (isBroken) {
        throw new IllegalStateException("it is broken");
      }
    }

    @Override
    public void onLoad(String cache, int keys, long nanos, boolean isLoaded) {
      loads.add(account.get() + " " + keys + " " + isLoaded);
      if (isBroken) {
        throw new IllegalStateException("it is broken");
      }
    }

    @Override
    public Runnable carrying(Runnable task) {
      String mine = account.get();
      carriedFrom.add(Thread.currentThread());
      return () -> {
        account.set(mine);
        try {
          task.run();
        } finally {
          account.remove();
        }
      };
    }
  }

  private final Noted first = new Noted();
  private final Noted second = new Noted();
  private final MemoryStore store = MemoryStore.builder().build();
  private final Larder larder = Larder.builder()
      .codecs(new TextCodecs())
      .l2(store)
      .listener(first)
      .listener(second)
      .build();
  private final Larder other =
      Larder.builder().codecs(new TextCodecs()).l2(store).build();
  private final Cache<String, String> cache = larder.cache("c", policy().build());

  @AfterEach
  void close() {
    larder.close();
    other.close();
    store.close();
  }

  private static dev.larder.CachePolicyBuilder<String, String> policy() {
    return CachePolicy.of(String.class, String.class);
  }

  @Test
  void all_hearOfAnswersAndTimes_aHitInL1HasNone() {
    cache.get("k", key -> "v");
    cache.get("k", key -> "v");
    for (Noted each : List.of(first, second)) {
      assertThat(each.answers).containsExactly("k null", "k L1");
      assertThat(each.looks).containsExactly("c 1");
      assertThat(each.loads).containsExactly("nobody's 1 true");
    }
  }

  @Test
  void lookWithoutALoader_isHeardOfWithItsTime() {
    other.cache("c", policy().build()).get("k", key -> "v");
    assertThat(cache.get("k")).isInstanceOf(Lookup.Hit.class);
    assertThat(cache.get("none")).isInstanceOf(Lookup.Miss.class);
    assertThat(cache.peek("none")).isInstanceOf(Lookup.Miss.class);
    assertThat(first.answers).containsExactly("k L2", "none null");
    assertThat(first.looks).containsExactly("c 1", "c 1");
    assertThat(cache.stats().l2Hits()).isEqualTo(1);
    assertThat(cache.stats().misses()).isEqualTo(1);
  }

  @Test
  void manyKeys_areOneLookAndOneLoad() {
    cache.getAll(List.of("a", "b", "c"), keys -> Map.of("a", "1", "b", "2", "c", "3"));
    assertThat(first.looks).containsExactly("c 3");
    assertThat(first.loads).containsExactly("nobody's 3 true");
  }

  @Test
  void loadThatFails_isHeardOf() {
    assertThat(catchThrowable(() -> cache.get("k", key -> {
          throw new IllegalStateException("no");
        })))
        .hasMessage("no");
    assertThat(first.loads).containsExactly("nobody's 1 false");
  }

  @Test
  void loadWithATimeOut_takesTheAccountToItsThread() {
    Cache<String, String> limited =
        larder.cache("limited", policy().hardTimeout(Duration.ofMinutes(1)).build());
    first.account.set("mine");
    Thread[] ran = new Thread[1];
    limited.get("k", key -> {
      ran[0] = Thread.currentThread();
      return "v";
    });
    assertThat(ran[0]).isNotEqualTo(Thread.currentThread());
    assertThat(first.loads).containsExactly("mine 1 true");
    assertThat(first.carriedFrom).containsExactly(Thread.currentThread());
  }

  @Test
  void listenerThatFails_harmsNobody() {
    first.isBroken = true;
    assertThat(cache.get("k", key -> "v")).isEqualTo("v");
    assertThat(cache.get("k", key -> "v")).isEqualTo("v");
    assertThat(second.answers).containsExactly("k null", "k L1");
    assertThat(second.loads).hasSize(1);
    assertThat(cache.stats().loads()).isEqualTo(1);
  }
}
