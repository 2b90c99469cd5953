package dev.larder.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Larder;
import dev.larder.manage.Event;
import dev.larder.manage.FreshnessCount;
import dev.larder.manage.FreshnessCount.Check;
import dev.larder.manage.Verification;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Checks of freshness raise no alarm where all is well, however often they look: three nodes read,
 * change and invalidate on real servers, all hits may be compared with the source, and tiers and nodes
 * are asked again all the time.
 *
 * <p>{@code -Dlarder.samples=1000000} sets how many copies are looked at in all, 20,000 by default. The
 * figures are printed.
 */
class FreshnessSamplesIT {

  private static final long SAMPLES = Long.getLong("larder.samples", 20_000);
  private static final int NODES = 3;
  private static final int PLACES = 200;
  private static final int REGIONS = 10;

  /** One round in so many changes something, so that what is remembered of changes reaches back. */
  private static final int CHANGES_EVERY = 20;

  private static final List<Ending> ENDINGS = Stream.of(
          Collections.nCopies(9, Ending.KEY),
          Collections.nCopies(8, Ending.TAG),
          Collections.nCopies(2, Ending.PREFIX),
          Collections.nCopies(1, Ending.CACHE))
      .flatMap(List::stream)
      .toList();

  /** A hit that differs is looked at once more after so long, which is for its writer to tell. */
  private static final long TIME_TO_TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Slot keys that are changed and not yet acknowledged as invalidated, with the time before both. */
  private final Map<String, Long> untold = new ConcurrentHashMap<>();

  private final Queue<Event> alarms = new ConcurrentLinkedQueue<>();
  private final AtomicLong foundUntold = new AtomicLong();

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDIS_DATABASE"})
  void nothingIsFound_whereAllIsWell(Layout layout) throws Exception {
    long begun = System.nanoTime();
    long changes;
    long unreachable = 0;
    List<Node> nodes;
    Map<Check, FreshnessCount> counts;
    try (Site site = Site.of(layout)) {
      nodes = IntStream.range(0, NODES)
          .mapToObj(i -> site.node(site.builder().checkHits(1), Site.policy().build()))
          .toList();
      nodes.forEach(node -> FaultSite.seesNodes(node.larder(), NODES));
      nodes.forEach(node -> listen(node.larder()));
      Truth truth = new Truth(site.source());
      Traffic traffic = new Traffic();
      AtomicLong changed = new AtomicLong();
      try (traffic) {
        for (int n = 0; n < NODES; n++) {
          Node node = nodes.get(n);
          // Each has its own places to change: who changes one is the only one who does.
          List<Place> own = places(n);
          Random random = new Random(n);
          traffic.add(round -> truth.read(node, place(random.nextInt(PLACES))));
          Random writes = new Random(NODES + n);
          traffic.add(round -> {
            Place place = own.get(writes.nextInt(own.size()));
            if (round % CHANGES_EVERY == 0) {
              change(truth, node, place, ENDINGS.get(writes.nextInt(ENDINGS.size())));
              changed.incrementAndGet();
            }
            truth.read(node, place);
          });
        }
        for (int turn = 0; isMissing(nodes) && traffic.failures().isEmpty(); turn++) {
          Verification found = nodes.get(turn % NODES).larder().management().verify(10_000);
          unreachable += found.unreachable();
          assertThat(alarms).isEmpty();
        }
      }
      changes = changed.get();
      assertThat(traffic.failures()).isEmpty();
      assertThat(truth.stale()).isEmpty();
      counts = counts(nodes);
    }
    print(layout, counts, changes, unreachable, System.nanoTime() - begun);
    assertThat(alarms).isEmpty();
    assertThat(counts.values().stream().mapToLong(FreshnessCount::stale).sum())
        .as("but for those that nobody had told of yet")
        .isEqualTo(foundUntold.get());
    assertThat(counts.get(Check.HIT).sampled()).isPositive();
    assertThat(counts.get(Check.AFTER_1S).sampled()).isPositive();
  }

  private static Place place(int number) {
    return new Place("region" + number % REGIONS, number);
  }

  private static List<Place> places(int node) {
    return IntStream.range(0, PLACES)
        .filter(number -> number % NODES == node)
        .mapToObj(FreshnessSamplesIT::place)
        .toList();
  }

  private void change(Truth truth, Node node, Place place, Ending ending) {
    String slot = node.larder().batch().key(node.cache(), place).change().keys().get(0);
    untold.put(slot, System.nanoTime());
    truth.change(node, place, ending);
    untold.remove(slot);
  }

  /** A hit is stale in truth where a busy machine did not let its writer tell of it for a second. */
  private void listen(Larder larder) {
    String id = larder.self().id();
    larder.management().listen(event -> {
      if (event.kind() == Event.Kind.STALE_FOUND && event.node().equals(id)) {
        Long since = untold.get(event.subject());
        if (event.text().startsWith("the source")
            && since != null
            && System.nanoTime() - since >= TIME_TO_TELL_NANOS) {
          foundUntold.incrementAndGet();
        } else {
          alarms.add(event);
        }
      }
    });
  }

  private static Map<Check, FreshnessCount> counts(List<Node> nodes) {
    return FreshnessCount.sum(nodes.stream()
            .flatMap(node -> node.larder().self().freshness().stream())
            .toList())
        .stream()
        .collect(Collectors.toMap(
            FreshnessCount::check, count -> count, (one, other) -> one, TreeMap::new));
  }

  private static boolean isMissing(List<Node> nodes) {
    return counts(nodes).values().stream().mapToLong(FreshnessCount::sampled).sum() < SAMPLES / 2;
  }

  private void print(
      Layout layout,
      Map<Check, FreshnessCount> counts,
      long changes,
      long unreachable,
      long tookNanos) {
    System.out.printf(
        "%s: %,d copies looked at in %d s (%s), %d stale of which %d were changed a second before their"
            + " writer told; %,d changes; %d nodes or tiers silent%n",
        layout,
        counts.values().stream().mapToLong(FreshnessCount::sampled).sum(),
        TimeUnit.NANOSECONDS.toSeconds(tookNanos),
        counts.values().stream()
            .map(count -> String.format("%s %,d", count.check(), count.sampled()))
            .collect(Collectors.joining(", ")),
        counts.values().stream().mapToLong(FreshnessCount::stale).sum(),
        foundUntold.get(),
        changes,
        unreachable);
  }
}
