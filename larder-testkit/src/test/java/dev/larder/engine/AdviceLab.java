package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.manage.Advice;
import dev.larder.manage.Advice.Kind;
import dev.larder.manage.Management;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A node with one cache, whose reads are sampled, and traffic for it. */
abstract class AdviceLab {

  static final Duration TTL = Duration.ofMinutes(5);

  Lab lab = new Lab(Layout.L1);
  Lab.Node node;
  int version;

  @AfterEach
  void close() {
    lab.close();
  }

  static CachePolicyBuilder<Long, String> policy() {
    return Lab.policy().ttl(TTL);
  }

  final void open(Layout layout, CachePolicy<Long, String> policy) {
    lab = new Lab(layout);
    node = lab.node(policy);
  }

  final Management management() {
    return node.larder.management();
  }

  final String read(long key) {
    return node.cache.get(key, id -> "v" + version + " of " + id);
  }

  final void pass(Duration time) {
    lab.scheduler.runDue();
    lab.time.advance(time);
    node.catchUp();
  }

  /** All but what is said of times, which are real here while the clock is not. */
  final List<Advice> advice() {
    return management().advise().stream()
        .filter(each -> each.kind() != Kind.COSTS_MORE)
        .toList();
  }

  final Advice only() {
    List<Advice> all = advice();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  /** Three reads within ten seconds, then none: what is kept for five minutes is kept in vain. */
  final void readInBursts() {
    for (long step = 0; step < 200; step++) {
      for (long key = 3 * step; key < 3 * step + 3; key++) {
        read(key);
        read(Math.max(0, key - 3));
        read(Math.max(0, key - 6));
      }
      pass(Duration.ofSeconds(5));
    }
  }
}
