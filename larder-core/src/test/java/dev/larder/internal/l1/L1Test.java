package dev.larder.internal.l1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.TimeSource;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.node.Node;
import dev.larder.log.Change;
import dev.larder.log.Target;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A put and what ends it, in the same moment. */
class L1Test {

  private static final String SLOT = "lab:album:v1:1";

  private final Node node = new Node(List.of(), 100, 100);
  private final CountDownLatch inPut = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private boolean stopsInPut;

  /** The weigher runs inside the map's step for the key, after the ring was asked. */
  private final L1<Long, String> l1 = new L1<>(
      node,
      TimeSource.SYSTEM,
      Runnable::run,
      1_000,
      (key, value) -> {
        if (stopsInPut) {
          inPut.countDown();
          await(goOn);
        }
        return 1;
      },
      left -> {});

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private L1Entry<Long, String> entry(String value, long keyAsOf) {
    long now = TimeSource.SYSTEM.nanos();
    long hour = TimeUnit.HOURS.toNanos(1);
    return new L1Entry<>(
        1L,
        SLOT,
        Sealed.Kind.VALUE,
        value,
        node.marks(List.of(Target.ALL)),
        keyAsOf,
        keyAsOf,
        new L1Entry.Life(
            now, now, now + hour, now + hour, now + hour, now + hour, now + hour, 0, 0));
  }

  private static Change key() {
    return new Change(Change.newNonce(false), List.of(Target.key(SLOT)), "test", "test", 0);
  }

  private @Nullable String cached() {
    L1Entry<Long, String> entry = l1.get(1L, TimeSource.SYSTEM.nanos());
    return entry == null ? null : entry.value();
  }

  /** Runs an ending while a put stands between its look at the ring and its end. */
  private void endDuringPut(Runnable ending) throws InterruptedException {
    stopsInPut = true;
    L1Entry<Long, String> old = entry("v1", node.sequence());
    Thread put = new Thread(() -> l1.put(1L, old));
    put.start();
    await(inPut);
    Thread end = new Thread(ending);
    end.start();
    // The ending either is through, or waits for the put: both are states that last.
    while (end.isAlive() && end.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    put.join();
    end.join();
  }

  /** A key's record comes between the put's look at the ring and its end. */
  @Test
  void recordDuringAPutEndsTheEntry() throws InterruptedException {
    endDuringPut(() -> node.applyDeferred(key()));
    assertThat(cached()).isNull();
  }

  /** Everything is forgotten in that moment: the map does not list the key yet. */
  @Test
  void forgettingDuringAPutEndsTheEntry() throws InterruptedException {
    endDuringPut(() -> l1.onForget("redis", node.sequence() + 1));
    assertThat(cached()).isNull();
  }

  /** A value as of before a record of its key is not put, one as of it is. */
  @Test
  void putAsksTheRing() {
    long before = node.sequence();
    node.applyDeferred(key());
    assertThat(l1.put(1L, entry("v1", before))).isFalse();
    assertThat(cached()).isNull();
    assertThat(l1.put(1L, entry("v2", node.sequence()))).isTrue();
    assertThat(cached()).isEqualTo("v2");
    node.applyDeferred(key());
    assertThat(cached()).isNull();
  }

  /** A late value does not replace one that is as of a later record. */
  @Test
  void olderValueDoesNotReplaceAYounger() {
    long before = node.sequence();
    node.applyDeferred(new Change(2, List.of(Target.tag("t")), "test", "test", 0));
    assertThat(l1.put(1L, entry("v2", node.sequence()))).isTrue();
    assertThat(l1.put(1L, entry("v1", before))).isFalse();
    assertThat(cached()).isEqualTo("v2");
  }

  /** A record of a key that was applied before a put refuses it also after the ring overflowed. */
  @Test
  void overflownRingRefusesOldValues() {
    long before = node.sequence();
    node.applyDeferred(key());
    for (int i = 0; i < 200; i++) {
      node.applyDeferred(
          new Change(Change.newNonce(false), List.of(Target.key("other:" + i)), "test", "test", 0));
    }
    assertThat(l1.put(1L, entry("v1", before))).isFalse();
  }

  /** What is past its life is freed by later puts, however long the first entry's life was. */
  @Test
  void entriesPastTheirLifeAreFreed() {
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    TimeSource time = new TimeSource() {
      @Override
      public long nanos() {
        return clock.get();
      }

      @Override
      public long millis() {
        return 0;
      }
    };
    L1<Long, String> small = new L1<>(node, time, Runnable::run, 1_000, null, left -> {});
    long minute = TimeUnit.MINUTES.toNanos(1);
    assertThat(small.put(1L, living(1L, clock.get(), minute))).isTrue();
    assertThat(small.put(2L, living(2L, clock.get(), 10 * minute))).isTrue();
    clock.addAndGet(9 * minute);
    assertThat(small.get(2L, clock.get())).isNotNull();
    clock.addAndGet(2 * minute);
    assertThat(small.put(3L, living(3L, clock.get(), minute))).isTrue();
    assertThat(small.size()).isEqualTo(1);
    assertThat(small.evictions())
        .as("dropped for room, not since their time was over")
        .isZero();
  }

  private L1Entry<Long, String> living(long key, long now, long life) {
    return new L1Entry<>(
        key,
        "slot:" + key,
        Sealed.Kind.VALUE,
        "v",
        node.marks(List.of(Target.ALL)),
        node.sequence(),
        node.sequence(),
        new L1Entry.Life(
            now, now, now + life, now + life, now + life, now + life, now + life, 0, 0));
  }

  /** Times are compared by difference, since the machine's ticker may overflow. */
  @Test
  void lifeSpansTheOverflowOfTheTicker() {
    long now = Long.MAX_VALUE - 5;
    L1Entry<Long, String> entry = new L1Entry<>(
        1L,
        SLOT,
        Sealed.Kind.VALUE,
        "v1",
        node.marks(List.of(Target.ALL)),
        1,
        1,
        new L1Entry.Life(now, now, now + 10, now + 10, now + 20, now + 25, now + 30, 0, 0));
    assertThat(entry.isFresh(now + 9)).isTrue();
    assertThat(entry.isFresh(now + 10)).isFalse();
    assertThat(entry.isServed(now + 19)).isTrue();
    assertThat(entry.isServed(now + 20)).isFalse();
    assertThat(entry.mayStandIn(now + 24)).isTrue();
    assertThat(entry.mayStandIn(now + 25)).isFalse();
    assertThat(entry.isAlive(now + 29)).isTrue();
    assertThat(entry.isAlive(now + 30)).isFalse();
    assertThat(entry.isRefreshDue(now + 9)).isFalse();
    assertThat(entry.isRefreshDue(now + 10)).isTrue();
  }

  /** A record of one target ends entries that hold its mark, without a look at the map. */
  @Test
  void markEndsTheEntryThatHoldsIt() {
    L1Entry<Long, String> entry = entry("v1", node.sequence());
    assertThat(entry.isValid()).isTrue();
    node.applyDeferred(new Change(2, List.of(Target.ALL), "test", "test", 0));
    assertThat(entry.isValid()).isFalse();
  }
}
