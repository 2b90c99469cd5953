package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tier.Slot;
import dev.larder.tier.StoreSettings;
import dev.larder.tier.Tier;
import dev.larder.tier.Tier.Fill;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many entries stay. */
class CullIT extends PostgresTest {

  private JdbcStore store(int maxEntries, int frequency) {
    StoreSettings settings = new StoreSettings(prefix, Duration.ofSeconds(10), 100_000, maxEntries);
    return closing(JdbcStore.builder(database.pool(), settings)
        .cullFrequency(frequency)
        .relayEvery(Duration.ZERO)
        .build());
  }

  private void set(Tier tier, int number) {
    get(tier.plant(key("n" + number), null, 1, LONG));
    assertThat(get(tier.fill(key("n" + number), 1, fill(2, "v" + number)))).isTrue();
  }

  private boolean isThere(Tier tier, int number) {
    return get(tier.read(key("n" + number))) instanceof Slot.Filled;
  }

  private long entries() throws Exception {
    return database.number("SELECT count(*) FROM larder.entry"
        + " WHERE body IS NOT NULL AND key_prefix = '" + prefix + "'");
  }

  /** The figures of Django's database cache: 49 sets under a cap of 30. */
  @ParameterizedTest
  @CsvSource({"3, 29", "0, 18"})
  void overTheCap_aShareGoes(int frequency, int left) throws Exception {
    Tier tier = store(30, frequency).tier();
    for (int i = 1; i <= 49; i++) {
      set(tier, i);
      assertThat(entries()).isLessThanOrEqualTo(30);
    }
    assertThat(entries()).isEqualTo(left);
  }

  @Test
  void overTheCap_theOldestGo() {
    Tier tier = store(30, 3).tier();
    for (int i = 1; i <= 30; i++) {
      set(tier, i);
    }
    set(tier, 5);
    set(tier, 31);
    assertThat(IntStream.rangeClosed(1, 31).filter(i -> !isThere(tier, i)))
        .containsExactly(1, 2, 3, 4, 6, 7, 8, 9, 10, 11);
  }

  @Test
  void overTheCap_whatHasExpiredGoesFirst() throws Exception {
    Tier tier = store(30, 3).tier();
    for (int i = 1; i <= 30; i++) {
      set(tier, i);
    }
    database.execute("UPDATE larder.entry SET expires_at = now() WHERE key_prefix = '" + prefix
        + "' AND slot IN ('" + key("n29") + "', '" + key("n30") + "')");
    set(tier, 31);
    assertThat(IntStream.rangeClosed(1, 31).filter(i -> !isThere(tier, i))).containsExactly(29, 30);
    assertThat(entries()).isEqualTo(29);
  }

  @Test
  void placeholders_doNotCount() throws Exception {
    Tier tier = store(30, 3).tier();
    for (int i = 1; i <= 30; i++) {
      set(tier, i);
    }
    for (int i = 100; i < 200; i++) {
      get(tier.plant(key("n" + i), 0L, 1, LONG));
    }
    set(tier, 30);
    assertThat(entries()).isEqualTo(30);
    set(tier, 31);
    assertThat(entries()).isEqualTo(21);
    assertThat(get(tier.read(key("n150")))).isEqualTo(new Slot.Placeholder(1));
  }

  @Test
  void otherPrefixes_areLeftAlone() throws Exception {
    JdbcStore other = closing(database.builder(prefix + "x").build());
    get(other.tier().plant(key("n0"), 0L, 1, LONG));
    get(other.tier().fill(key("n0"), 1, fill(2, "v")));
    Tier tier = store(1, 0).tier();
    for (int i = 1; i <= 5; i++) {
      set(tier, i);
    }
    assertThat(entries()).isLessThanOrEqualTo(1);
    assertThat(get(other.tier().read(key("n0"))).nonce()).isEqualTo(2);
  }

  @Test
  void severalNodes_stayUnderTheCapAndABatchEach() throws Exception {
    int cap = 640;
    int batch = JdbcTier.cullBatch(cap);
    assertThat(batch).isEqualTo(10);
    inParallel(3, i -> () -> {
      Tier tier = store(cap, 3).tier();
      for (int n = 0; n < 400; n++) {
        set(tier, i * 1_000 + n);
        if (n % 20 == 0) {
          assertThat(entries()).isLessThanOrEqualTo(cap + 3 * batch);
        }
      }
      return i;
    });
    assertThat(entries()).isBetween(400L, (long) cap + 3 * batch);
  }

  @Test
  void fillAllOfMoreThanTheCap_isCulledToIt() throws Exception {
    Tier tier = store(100, 3).tier();
    Map<String, Long> nonces = new HashMap<>();
    Map<String, Fill> fills = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      nonces.put(key("n" + i), 1L);
      fills.put(key("n" + i), fill(2, "v"));
    }
    get(tier.plantAll(nonces, LONG));
    assertThat(get(tier.fillAll(nonces, fills))).hasSize(1_000);
    assertThat(entries()).isEqualTo(100);
  }

  @Test
  void twoNodesAtOnce_onlyOneTakesAShare() throws Exception {
    Tier one = store(30, 3).tier();
    Tier other = store(30, 3).tier();
    get(one.plant(key("a"), 0L, 1, LONG));
    get(one.plant(key("b"), 0L, 1, LONG));
    database.execute("INSERT INTO larder.entry SELECT '" + prefix + "', 'old' || n, 1, 'v',"
        + " now() - interval '1 min', now() + interval '1 h' FROM generate_series(1, 30) n");
    Transaction culling = closing(Transaction.begin(database));
    culling.number("SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended("
        + "'\"larder\".entry " + prefix + "', 0))) AS taken");
    CompletionStage<Boolean> first = one.fill(key("a"), 1, fill(2, "v"));
    CompletionStage<Boolean> second = other.fill(key("b"), 1, fill(2, "v"));
    awaitBlocked(2);
    assertThat(entries()).isEqualTo(32);
    culling.commit();
    assertThat(get(first) && get(second)).isTrue();
    assertThat(entries()).isEqualTo(32 - 10);
  }
}
