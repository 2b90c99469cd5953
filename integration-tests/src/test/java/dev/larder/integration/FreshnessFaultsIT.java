package dev.larder.integration;

import static dev.larder.integration.FaultSite.seesNodes;
import static dev.larder.integration.FaultSite.slots;
import static dev.larder.integration.FaultSite.verify;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.integration.FaultSite.Member;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.Verification;
import dev.larder.redis.RedisStore;
import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Larder with a fault put into it is to find that out itself, key by key; without one it is to find
 * nothing. Two nodes on real servers.
 */
@Timeout(120)
class FreshnessFaultsIT extends OnRedis {

  private static final long KEYS = 100;

  /** More changes than one question to the other nodes carries. */
  private static final long MANY_KEYS = 2_000;

  private final FaultSite site = opened.add(new FaultSite(redis));
  private final Albums albums = new Albums(KEYS);
  private final Albums manyAlbums = new Albums(MANY_KEYS);

  /** One in a hundred invalidations by tag never ends what the other node has in L1. */
  @Test
  void forgottenRecords_areFoundInL1_eachOfThem() {
    Member one = site.node(Layout.REDIS);
    Member two = site.node(
        Layout.REDIS,
        store ->
            new ForgetfulStore(store, change -> FaultSite.isTagOf(change, id -> id % 100 == 0)));
    seesNodes(one.larder(), 2);
    manyAlbums.readAll(one, two);
    for (long id = 0; id < MANY_KEYS; id++) {
      one.larder().invalidateTags("of:" + id);
    }
    Set<String> forgotten = new TreeSet<>();
    for (long id = 0; id < MANY_KEYS; id += 100) {
      forgotten.add(two.slot(id));
    }

    Verification found =
        verify(one.larder(), verification -> assertThat(slots(verification)).isEqualTo(forgotten));

    assertThat(found.stale()).as("each of them once").isEqualTo(forgotten.size());
    assertThat(found.findings()).allSatisfy(each -> {
      assertThat(each.where()).isEqualTo("L1 of node " + two.id());
      assertThat(each.delayMillis()).isGreaterThanOrEqualTo(1_000);
    });
    assertThat(two.larder().self().stale()).isGreaterThanOrEqualTo(forgotten.size());
    assertThat(one.larder().self().stale()).isZero();
    assertThat(two.staleFound()).extracting(Event::subject).containsAll(forgotten);
    // Who has no node of his own finds the same at his first try, with what the log tells him.
    Verification outside = site.operator().management().verify(10_000);
    assertThat(slots(outside)).isEqualTo(forgotten);
    assertThat(outside.changes()).isGreaterThanOrEqualTo(MANY_KEYS);
  }

  /** One in a hundred invalidations by key. */
  @Test
  void forgottenRecordsOfKeys_areFoundInL1_eachOfThem() {
    Set<String> forgotten = new TreeSet<>();
    Member one = site.node(Layout.REDIS);
    for (long id = 0; id < MANY_KEYS; id += 100) {
      forgotten.add(one.slot(id));
    }
    Member two = site.node(
        Layout.REDIS,
        store -> new ForgetfulStore(
            store,
            change -> change.targets().stream()
                .anyMatch(target ->
                    target.kind() == Target.Kind.KEY && forgotten.contains(target.id()))));
    seesNodes(one.larder(), 2);
    manyAlbums.readAll(one, two);
    for (long id = 0; id < MANY_KEYS; id++) {
      one.cache().invalidate(id);
    }

    Verification found =
        verify(one.larder(), verification -> assertThat(slots(verification)).isEqualTo(forgotten));

    assertThat(found.stale()).isEqualTo(forgotten.size());
    assertThat(found.findings())
        .allSatisfy(each -> assertThat(each.where()).isEqualTo("L1 of node " + two.id()));
  }

  /** A store that takes late fills without looking: what was invalidated is there again. */
  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDIS_DATABASE"})
  void lateFills_areFoundInL2_eachOfThem(Layout layout) {
    Member one = site.node(layout);
    albums.readAll(one);
    Map<String, byte[]> before = new HashMap<>();
    for (long id = 0; id < KEYS; id += 10) {
      before.put(one.slot(id), read(one.slot(id)));
    }
    for (long id = 0; id < KEYS; id++) {
      one.cache().invalidate(id);
    }
    before.forEach(this::putBack);

    Verification found = verify(
        one.larder(), verification -> assertThat(slots(verification)).isEqualTo(before.keySet()));

    assertThat(found.findings()).allSatisfy(each -> assertThat(each.where()).isEqualTo("L2 redis"));
    assertThat(found.sinceStart()).anySatisfy(count -> {
      assertThat(count.check()).isEqualTo(FreshnessCount.Check.AFTER_1S);
      assertThat(count.stale()).isPositive();
    });
    assertThat(one.larder().self().stale()).isGreaterThanOrEqualTo(10);
  }

  private byte[] read(String slot) {
    try (RedisStore store = site.redisStore()) {
      Slot read = store.tier().read(slot).toCompletableFuture().join();
      ByteBuffer body = ((Slot.Filled) read).body();
      byte[] bytes = new byte[body.remaining()];
      body.get(bytes);
      return bytes;
    }
  }

  private void putBack(String slot, byte[] body) {
    try (RedisStore store = site.redisStore()) {
      Tier tier = store.tier();
      Duration life = Duration.ofHours(1);
      assertThat(tier.plant(slot, null, 4711, life).toCompletableFuture().join())
          .isTrue();
      assertThat(tier.fill(slot, 4711, new Tier.Fill(4712, body, life))
              .toCompletableFuture()
              .join())
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDIS_DATABASE"})
  void withoutAFault_nothingIsFound(Layout layout) {
    Member one = site.node(layout);
    Member two = site.node(layout);
    seesNodes(one.larder(), 2);
    for (int round = 0; round < 3; round++) {
      albums.readAll(one, two);
      for (long id = 0; id < KEYS; id++) {
        Member writer = id % 2 == 0 ? one : two;
        writer.end(id);
      }
    }
    albums.readAll(one, two);
    verify(one.larder(), verification -> {
      assertThat(verification.findings()).isEmpty();
      // Both nodes for each change, and the slots of the keys.
      assertThat(verification.sampled()).isGreaterThan(2 * KEYS);
    });
    assertThat(one.larder().self().stale() + two.larder().self().stale()).isZero();
  }
}
