package dev.larder.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.CacheTier;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.memory.MemoryStore;
import dev.larder.tier.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The freshness of larders on stores in memory, and that the checker sees what is stale. */
class FreshnessCheckerTest {

  private static final Duration BOUND = Duration.ofMillis(60);

  // A circuit stays open for half a second after a fault; in between there is time for hits.
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration CALM = Duration.ofSeconds(2);

  private final FaultyStore l2 =
      new FaultyStore(MemoryStore.builder().name("memory-l2").build());
  private final FaultyStore database =
      new FaultyStore(MemoryStore.builder().name("memory-db").origin(true).build());
  private final List<Larder> larders = new ArrayList<>();

  @AfterEach
  void close() {
    larders.forEach(Larder::close);
  }

  private Larder larder(@Nullable Store withL2, @Nullable Store withDatabase) {
    LarderBuilder builder = Larder.builder()
        .keyPrefix("freshness")
        .codecs(new TextCodecs())
        .heartbeat(BOUND.dividedBy(4));
    if (withL2 != null) {
      builder.l2(withL2);
    }
    if (withDatabase != null) {
      builder.database(withDatabase);
    }
    Larder larder = builder.build();
    larders.add(larder);
    return larder;
  }

  private static FreshnessChecker.Builder check() {
    return FreshnessChecker.builder().policy(policy -> policy.maxStaleness(BOUND));
  }

  private static void assertUseful(FreshnessReport report) {
    assertThat(report.reads()).as("%s", report).isGreaterThan(10_000);
    assertThat(report.hits()).as("%s", report).isGreaterThan(report.reads() / 10);
    assertThat(report.invalidations()).as("%s", report).isGreaterThan(500);
    assertThat(report.loads()).as("%s", report).isGreaterThan(500);
  }

  @Test
  void l1Alone() {
    assertUseful(check().node(larder(null, null)).build().run());
  }

  @Test
  void l1AndL2() {
    assertUseful(check().node(larder(l2, null)).node(larder(l2, null)).build().run());
  }

  @Test
  void l1AndDatabase() {
    assertUseful(check()
        .node(larder(null, database))
        .node(larder(null, database))
        .build()
        .run());
  }

  /** Two nodes of three are thrown off and on: reads, writes and updates meet it at any moment. */
  @Test
  void switchesThrown() {
    Larder one = larder(l2, database);
    Larder two = larder(l2, database);
    assertUseful(check()
        .node(one)
        .node(two)
        .node(larder(l2, database))
        .disturb("first off", one.switches().all()::off, one.switches().all()::on)
        .disturb(
            "second at a half",
            () -> two.switches().cache("freshness").percent(50),
            two.switches().cache("freshness")::on)
        .build()
        .run());
  }

  @Test
  void l1L2AndDatabase() {
    assertUseful(check()
        .node(larder(l2, database))
        .node(larder(l2, database))
        .node(larder(l2, database))
        .build()
        .run());
  }

  @Test
  void l2Alone() {
    assertUseful(check()
        .node(larder(l2, null))
        .node(larder(l2, null))
        .policy(policy -> policy.maxStaleness(BOUND).tiers(CacheTier.L2))
        .build()
        .run());
  }

  @Test
  void l2FailsNowAndThen() {
    FreshnessReport report = check()
        .node(larder(l2, null))
        .node(larder(l2, null))
        .leastTime(Duration.ofSeconds(6))
        .disturbances(SHORT, CALM)
        .disturb("down", l2::down, l2::heal)
        .disturb("half done", () -> l2.onAll().failAfter(), l2::heal)
        .disturb("no deletes", () -> l2.on(Call.TIER_DELETE).fail(), l2::heal)
        .disturb("no log", () -> l2.on(Call.LOG_APPEND, Call.LOG_TAIL).fail(), l2::heal)
        .disturb("deaf", () -> l2.on(Call.LOG_AWAIT).fail(), l2::heal)
        .build()
        .run();
    assertUseful(report);
    assertThat(report.deferred()).isPositive();
    assertThat(report.disturbances()).isGreaterThan(3);
  }

  @Test
  void l2LosesItsData() {
    AtomicInteger restarts = new AtomicInteger();
    FreshnessReport report = check()
        .node(larder(l2, null))
        .node(larder(l2, null))
        .leastTime(Duration.ofSeconds(6))
        .disturbances(SHORT, CALM)
        .mayLoseRecords()
        .disturb("restart", () -> l2.replaceWith(fresh(restarts)), () -> {})
        .disturb("fail-over", () -> l2.failOver(fresh(restarts), 2), () -> {})
        .build()
        .run();
    assertUseful(report);
    assertThat(restarts).hasPositiveValue();
  }

  private MemoryStore fresh(AtomicInteger restarts) {
    restarts.incrementAndGet();
    return MemoryStore.builder().name("memory-l2").build();
  }

  @Test
  void eitherStoreFailsNowAndThen() {
    FreshnessReport report = check()
        .node(larder(l2, database))
        .node(larder(l2, database))
        .leastTime(Duration.ofSeconds(6))
        .disturbances(SHORT, CALM)
        .disturb("no l2", l2::down, l2::heal)
        .disturb("no database", database::down, database::heal)
        .disturb("l2 half done", () -> l2.onAll().failAfter(), l2::heal)
        .disturb("database half done", () -> database.onAll().failAfter(), database::heal)
        .build()
        .run();
    assertUseful(report);
    assertThat(report.disturbances()).isGreaterThan(3);
  }

  @Test
  void aReadThatIsTooOld_isFound() {
    // Nothing is told before the heartbeat comes, but here it should be known at once.
    l2.on(Call.LOG_AWAIT).fail();
    FreshnessChecker check = check()
        .node(larder(l2, null))
        .node(larder(l2, null))
        .bound(Duration.ZERO)
        .seed(7)
        .build();
    assertThatThrownBy(check::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("seed 7: node ")
        .hasMessageContaining("was acknowledged before it began")
        .hasMessageContaining("got");
  }
}
