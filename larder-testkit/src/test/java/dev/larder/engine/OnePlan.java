package dev.larder.engine;

import dev.larder.manage.WarmUp;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmPlanBuilder;
import dev.larder.warm.WarmRun;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;

/** One plan on one node, and its source, which fails where it is told to. */
abstract class OnePlan {

  static final Duration SECOND = Duration.ofSeconds(1);

  final Lab lab = new Lab(Layout.L1_L2);
  final Lab.Node node = lab.node();
  final Map<Long, Integer> loads = new TreeMap<>();

  /** How many loads there were at each time, nanoseconds. */
  final TreeMap<Long, Integer> loadsAt = new TreeMap<>();

  final Set<Long> failing = new HashSet<>();

  @AfterEach
  void close() {
    lab.close();
  }

  String load(Long id) {
    loads.merge(id, 1, Integer::sum);
    loadsAt.merge(lab.time.elapsed().toNanos(), 1, Integer::sum);
    if (failing.contains(id)) {
      throw new IllegalStateException("no album " + id);
    }
    return "v" + id;
  }

  /** Wherever that second begins. */
  final int mostInASecond() {
    int most = 0;
    for (Long begin : loadsAt.keySet()) {
      int inIt = loadsAt.subMap(begin, begin + SECOND.toNanos()).values().stream()
          .mapToInt(Integer::intValue)
          .sum();
      most = Math.max(most, inIt);
    }
    return most;
  }

  final WarmPlanBuilder<Long, String> plan(long keys) {
    return WarmPlan.of("albums", node.cache).keys(ids(keys)).loader(this::load);
  }

  static List<Long> ids(long count) {
    return LongStream.range(0, count).boxed().toList();
  }

  final void declare(WarmPlanBuilder<Long, String> plan) {
    node.larder.warming().declare(plan.build());
  }

  final WarmRun start() {
    return node.larder.warming().start("albums");
  }

  final WarmUp status() {
    return node.larder.warming().status("albums");
  }

  final WarmUp end(WarmRun run) {
    lab.scheduler.advance(Duration.ofMinutes(1));
    return Lab.done(run.ended());
  }
}
