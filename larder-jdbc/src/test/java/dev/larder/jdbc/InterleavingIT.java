package dev.larder.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.TierUnavailableException;
import dev.larder.log.LogRecord;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.tier.Slot;
import dev.larder.tier.StoreSettings;
import dev.larder.tier.Tier;
import dev.larder.tier.Tier.Fill;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two connections at one row: the second comes while the first has not committed yet, and has to judge
 * by what the first leaves behind.
 */
class InterleavingIT extends PostgresTest {

  private final JdbcStore store = quietStore();
  private final Tier tier = store.tier();

  @BeforeEach
  void openLog() {
    open(store);
  }

  private Transaction begin() throws Exception {
    return closing(Transaction.begin(database));
  }

  private String row(String ending) {
    return " WHERE key_prefix = '" + prefix + "' AND slot = '" + key(ending) + "'";
  }

  private static String body(Slot slot) {
    return new String(((Slot.Filled) slot).body().array(), StandardCharsets.UTF_8);
  }

  @Test
  void fillBehindADelete_isRefused() throws Exception {
    get(tier.plant(key("1"), 0L, 1, LONG));
    Transaction other = begin();
    other.update("DELETE FROM larder.entry" + row("1"));
    CompletionStage<Boolean> filled = tier.fill(key("1"), 1, fill(2, "stale"));
    awaitBlocked(1);
    other.commit();
    assertThat(get(filled)).isFalse();
    assertThat(get(tier.read(key("1")))).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void fillBehindADeleteThatIsRolledBack_isStored() throws Exception {
    get(tier.plant(key("1"), 0L, 1, LONG));
    Transaction other = begin();
    other.update("DELETE FROM larder.entry" + row("1"));
    CompletionStage<Boolean> filled = tier.fill(key("1"), 1, fill(2, "fresh"));
    awaitBlocked(1);
    other.rollback();
    assertThat(get(filled)).isTrue();
    assertThat(body(get(tier.read(key("1"))))).isEqualTo("fresh");
  }

  @Test
  void fillBehindAnotherNonce_isRefused() throws Exception {
    get(tier.plant(key("1"), 0L, 1, LONG));
    get(tier.plant(key("2"), 0L, 1, LONG));
    Transaction other = begin();
    other.update("UPDATE larder.entry SET nonce = 9" + row("1"));
    other.update("UPDATE larder.entry SET nonce = 9" + row("2"));
    CompletionStage<Boolean> filled = tier.fill(key("1"), 1, fill(2, "stale"));
    CompletionStage<Collection<String>> filledAll =
        tier.fillAll(Map.of(key("2"), 1L), Map.of(key("2"), fill(2, "stale")));
    awaitBlocked(2);
    other.commit();
    assertThat(get(filled)).isFalse();
    assertThat(get(filledAll)).isEmpty();
    assertThat(get(tier.read(key("1")))).isEqualTo(new Slot.Placeholder(9));
    assertThat(get(tier.read(key("2")))).isEqualTo(new Slot.Placeholder(9));
  }

  @Test
  void releaseTouchAndReplaceBehindAnotherNonce_areRefused() throws Exception {
    get(tier.plant(key("1"), 0L, 1, LONG));
    Transaction other = begin();
    other.update("UPDATE larder.entry SET nonce = 9" + row("1"));
    List<CompletionStage<Boolean>> late = List.of(
        tier.release(key("1"), 1),
        tier.touch(key("1"), 1, LONG),
        tier.plant(key("1"), 1L, 2, LONG));
    awaitBlocked(3);
    other.commit();
    assertThat(late).allSatisfy(stage -> assertThat(get(stage)).isFalse());
    assertThat(get(tier.read(key("1")))).isEqualTo(new Slot.Placeholder(9));
  }

  @Test
  void plantBehindAPlant_isRefusedIfThatCommits() throws Exception {
    for (boolean commit : new boolean[] {true, false}) {
      String ending = "plant" + commit;
      Transaction other = begin();
      other.update("INSERT INTO larder.entry VALUES ('" + prefix + "', '" + key(ending)
          + "', 9, NULL, now(), now() + interval '1 h')");
      CompletionStage<Boolean> planted = tier.plant(key(ending), 0L, 1, LONG);
      CompletionStage<Collection<String>> all = tier.plantAll(Map.of(key(ending), 1L), LONG);
      awaitBlocked(2);
      if (commit) {
        other.commit();
        assertThat(get(planted)).isFalse();
        assertThat(get(all)).isEmpty();
        assertThat(get(tier.read(key(ending)))).isEqualTo(new Slot.Placeholder(9));
      } else {
        other.rollback();
        assertThat(get(planted) ^ get(all).size() == 1).isTrue();
        assertThat(get(tier.read(key(ending)))).isEqualTo(new Slot.Placeholder(1));
      }
    }
  }

  @Test
  void deleteBehindAFill_takesTheEntryAway() throws Exception {
    get(tier.plant(key("1"), 0L, 1, LONG));
    get(tier.plant(key("2"), 0L, 1, LONG));
    Transaction other = begin();
    String fill = "UPDATE larder.entry SET nonce = 2, body = 'stale'";
    other.update(fill + row("1"));
    other.update(fill + row("2"));
    CompletionStage<Void> deleted = tier.delete(List.of(key("1")));
    CompletionStage<LogRecord> invalidated = store.invalidate(change(Target.key(key("2"))), LONG);
    awaitBlocked(2);
    other.commit();
    get(deleted);
    get(invalidated);
    assertThat(get(tier.read(key("1")))).isEqualTo(Slot.Empty.FREE);
    assertThat(get(tier.read(key("2")))).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void recordAndDeletion_areSeenTogether() throws Exception {
    get(tier.plant(key("1"), 0L, 1, LONG));
    get(tier.plant(key("2"), 0L, 1, LONG));
    Position before = position(get(store.log().tail()));
    Transaction other = begin();
    other.update("UPDATE larder.entry SET written_at = now()" + row("2"));
    CompletionStage<LogRecord> invalidated =
        store.invalidate(change(Target.key(key("1")), Target.key(key("2"))), LONG);
    awaitBlocked(1);
    assertThat(get(store.log().read(before, 10))).isEmpty();
    assertThat(get(tier.read(key("1"))).nonce()).isOne();
    other.commit();
    LogRecord record = get(invalidated);
    assertThat(get(store.log().read(before, 10))).containsExactly(record);
    assertThat(get(tier.read(key("1")))).isEqualTo(Slot.Empty.FREE);
  }

  @Test
  void appendBehindAnother_standsBehindIt() throws Exception {
    JdbcStore otherNode = quietStore();
    Transaction other = begin().lockLog(prefix);
    CompletionStage<LogRecord> first = store.invalidate(change(Target.tag("a")), LONG);
    CompletionStage<LogRecord> second = otherNode.invalidate(change(Target.tag("b")), LONG);
    awaitBlocked(2);
    // What the holder of the lock leaves is what they continue.
    other.update("INSERT INTO larder.log SELECT key_prefix, epoch, sequence + 1, 99, nonce,"
        + " payload, now(), false FROM larder.log WHERE key_prefix = '" + prefix + "'");
    other.commit();
    LogRecord one = get(first);
    LogRecord two = get(second);
    LogRecord earlier = one.position().isAtLeast(two.position()) ? two : one;
    LogRecord later = earlier == one ? two : one;
    assertThat(earlier.position().sequence()).isEqualTo(2);
    assertThat(earlier.previousNonce()).isEqualTo(99);
    assertThat(later.position()).isEqualTo(earlier.position().next());
    assertThat(later.previousNonce()).isEqualTo(earlier.nonce());
  }

  @Test
  void appendsOfOneNode_shareATransaction() throws Exception {
    Transaction other = begin().lockLog(prefix);
    List<CompletionStage<LogRecord>> appended = new ArrayList<>();
    appended.add(store.invalidate(change(Target.tag("first")), LONG));
    awaitBlocked(1);
    for (int i = 0; i < 50; i++) {
      appended.add(store.invalidate(change(Target.tag("n" + i)), LONG));
    }
    other.commit();
    List<LogRecord> records = appended.stream().map(PostgresTest::get).toList();
    assertThat(get(store.log().read(records.get(0).position(), 100)))
        .isEqualTo(records.subList(1, 51));
    assertThat(database.number("SELECT count(DISTINCT xmin::text) FROM larder.log"
            + " WHERE sequence > 0 AND key_prefix = '" + prefix + "'"))
        .isEqualTo(2);
  }

  @Test
  void appendThatRanOutBeforeItsTurn_isNotMade() {
    Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    StoreSettings settings = new StoreSettings(prefix, Duration.ofMillis(20), 100_000, 1_000);
    JdbcStore slow = closing(JdbcStore.builder(database.pool(), settings)
        .executor(tasks::add)
        .relayEvery(Duration.ZERO)
        .build());
    Position before = position(get(store.log().tail()));
    CompletionStage<LogRecord> appended = slow.invalidate(change(Target.ALL), LONG);
    assertThatThrownBy(() -> get(appended)).isInstanceOf(TierUnavailableException.class);
    // Its caller was told of the failure, and may be at it again.
    tasks.forEach(Runnable::run);
    assertThat(get(store.log().tail()).position()).isEqualTo(before);
  }

  @Test
  void callThatTakesTooLong_isEndedAtTheServer() throws Exception {
    get(tier.plant(key("1"), 0L, 1, LONG));
    Transaction other = begin();
    other.update("UPDATE larder.entry SET nonce = 9" + row("1"));
    StoreSettings settings = new StoreSettings(prefix, Duration.ofSeconds(1), 100_000, 1_000);
    JdbcStore hasty = closing(
        JdbcStore.builder(database.pool(), settings).relayEvery(Duration.ZERO).build());
    CompletionStage<Boolean> filled = hasty.tier().fill(key("1"), 1, fill(2, "late"));
    awaitBlocked(1);
    assertThatThrownBy(() -> get(filled)).isInstanceOf(TierUnavailableException.class);
    patiently()
        .until(() -> database.number("SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
            == 0);
  }

  @Test
  void manySlotsInAnyOrder_neverLockEachOtherOut() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      // Orders of the C collation and of languages differ here.
      keys.add(key((i % 2 == 0 ? "a" : "B") + (i % 3 == 0 ? "_" : "") + i));
    }
    inParallel(6, i -> () -> {
      Random random = new Random(i);
      Tier mine = i % 2 == 0 ? tier : quietStore().tier();
      for (int round = 0; round < 25; round++) {
        List<String> order = new ArrayList<>(keys);
        Collections.shuffle(order, random);
        Map<String, Long> nonces = new LinkedHashMap<>();
        order.forEach(key -> nonces.put(key, 5L));
        switch (i % 3) {
          case 0 -> get(mine.plantAll(nonces, LONG));
          case 1 -> {
            Map<String, Fill> fills = new HashMap<>();
            order.forEach(key -> fills.put(key, fill(5, "v")));
            get(mine.fillAll(nonces, fills));
          }
          default -> {
            if (round % 2 == 0) {
              get(mine.delete(order));
            } else {
              Target[] targets = order.stream().map(Target::key).toArray(Target[]::new);
              get(store.invalidate(change(targets), LONG));
            }
          }
        }
      }
      return i;
    });
  }
}
