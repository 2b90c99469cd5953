package dev.larder.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.json.JsonCodecs;
import dev.larder.manage.NodeView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LarderMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private static Cache<Long, String> cache(Larder larder, String name) {
    return larder.cache(
        name,
        CachePolicy.of(Long.class, String.class).ttl(Duration.ofMinutes(5)).build());
  }

  private static Larder larder() {
    return Larder.builder()
        .codecs(JsonCodecs.of(JsonCodecs.mapperBuilder().build()))
        .build();
  }

  private double count(String name, String... tags) {
    FunctionCounter counter = registry.find(name).tags(tags).functionCounter();
    assertThat(counter).describedAs(name).isNotNull();
    return counter.count();
  }

  @Test
  void lookups_areCountedByStandardNamesAndTags() {
    try (Larder larder = larder()) {
      Cache<Long, String> albums = cache(larder, "album");
      new LarderMeters(larder).bindTo(registry);
      albums.get(1L, id -> "one");
      albums.get(1L, id -> "one");
      albums.get(1L, id -> "one");
      albums.get(2L, id -> "two");
      Awaitility.await().untilAsserted(() -> {
        assertThat(count("cache.gets", "result", "hit")).isEqualTo(2);
        assertThat(count("cache.gets", "result", "miss")).isEqualTo(2);
        assertThat(count("cache.puts")).isEqualTo(2);
        assertThat(count("larder.gets", "tier", "l1")).isEqualTo(2);
        assertThat(count("larder.gets", "tier", "source")).isEqualTo(2);
        assertThat(registry.get("cache.size").gauge().value()).isEqualTo(2);
        FunctionTimer loads = registry.get("larder.loads").functionTimer();
        assertThat(loads.count()).isEqualTo(2);
        assertThat(loads.totalTime(TimeUnit.NANOSECONDS)).isPositive();
      });
      assertThat(registry.get("cache.gets").tag("result", "hit").meter().getId().getTags())
          .containsExactlyInAnyOrder(
              Tag.of("cache", "album"),
              Tag.of("name", "album"),
              Tag.of("cache.manager", "larder"),
              Tag.of("result", "hit"));
    }
  }

  @Test
  void cacheMadeLater_getsItsMetersWithTheNextReading() {
    try (Larder larder = larder()) {
      new LarderMeters(larder).bindTo(registry);
      cache(larder, "later").get(1L, id -> "one");
      Awaitility.await().untilAsserted(() -> {
        registry.get("larder.waiting").gauge().value();
        assertThat(count("cache.gets", "cache", "later", "result", "miss")).isEqualTo(1);
      });
    }
  }

  @Test
  void changes_areCountedByWhatTheyCover_throughWhateverTheyWereAskedFor() {
    try (Larder larder = larder()) {
      Cache<Long, String> albums = cache(larder, "album");
      new LarderMeters(larder).bindTo(registry);
      larder.invalidateTags("artist:1", "artist:2");
      albums.invalidate(1L);
      albums.clear();
      assertThat(changes("tag")).isEqualTo(2);
      assertThat(changes("key")).isEqualTo(1);
      assertThat(changes("cache")).isEqualTo(1);
      assertThat(changes("all")).isZero();
    }
  }

  private double changes(String kind) {
    return registry.get("larder.changes").tag("kind", kind).counter().count();
  }

  @Test
  void keys_areNoTags() {
    try (Larder larder = larder()) {
      cache(larder, "album").get(987_654_321L, id -> "one");
      new LarderMeters(larder).bindTo(registry);
      List<String> texts = new ArrayList<>();
      for (Meter meter : registry.getMeters()) {
        texts.add(meter.getId().toString());
      }
      assertThat(texts).hasSizeGreaterThan(15).noneMatch(text -> text.contains("987654321"));
    }
  }

  @Test
  void tiers_areShownAsTheNodeSeesThem() {
    NodeView node = NodeViews.node(7, 100, 2, NodeViews.redis(true, Duration.ofMillis(2_500)));
    new LarderMeters(() -> node).bindTo(registry);
    assertThat(registry.get("larder.waiting").gauge().value()).isEqualTo(7);
    assertThat(registry
            .get("larder.tier.degraded")
            .tags("tier", "l2", "store", "redis")
            .gauge()
            .value())
        .isEqualTo(1);
    TimeGauge age = registry.get("larder.follower.confirmed.age").timeGauge();
    assertThat(age.value(TimeUnit.MILLISECONDS)).isEqualTo(2_500);
    assertThat(count("larder.tier.calls")).isEqualTo(40);
    assertThat(count("larder.tier.failures")).isEqualTo(3);
    assertThat(count("larder.freshness.sampled", "check", "after-1s")).isEqualTo(100);
    assertThat(count("larder.freshness.stale", "check", "after-1s")).isEqualTo(2);
    assertThat(count("larder.freshness.sampled", "check", "hit")).isZero();
  }

  @Test
  void oneScrape_takesOneReading() {
    AtomicInteger readings = new AtomicInteger();
    NodeView node = NodeViews.node(0, 0, 0, NodeViews.redis(false, Duration.ZERO));
    new LarderMeters(() -> {
          readings.incrementAndGet();
          return node;
        })
        .bindTo(registry);
    long from = System.nanoTime();
    registry.getMeters().forEach(meter -> meter.measure().forEach(each -> each.getValue()));
    // A machine that stands still for half a second takes another.
    long halves = (System.nanoTime() - from) / 500_000_000;
    assertThat(readings.get()).isLessThanOrEqualTo(2 + (int) halves);
  }

  @Test
  void names_areAllInUse() throws Exception {
    try (Larder larder = larder()) {
      cache(larder, "album");
      NodeView self = larder.self();
      NodeView node = new NodeView(
          self.id(),
          self.host(),
          self.process(),
          self.version(),
          self.startedMillis(),
          self.atMillis(),
          self.state(),
          0,
          0,
          0,
          "",
          List.of(),
          List.of(),
          List.of(NodeViews.redis(false, Duration.ZERO)),
          self.caches(),
          List.of());
      new LarderMeters(() -> node, FigureMetersTest.figures(), listener -> {}).bindTo(registry);
      List<String> names = new ArrayList<>();
      for (Field field : MeterNames.class.getFields()) {
        names.add((String) field.get(null));
      }
      assertThat(registry.getMeters().stream()
              .map(meter -> meter.getId().getName())
              .distinct())
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }
}
