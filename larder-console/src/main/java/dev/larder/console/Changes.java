package dev.larder.console;

import dev.larder.manage.Concern;
import dev.larder.manage.NodeView;
import dev.larder.manage.NodeView.CacheView;
import dev.larder.manage.Overview;
import dev.larder.manage.SwitchOrder;
import dev.larder.manage.Trouble;
import dev.larder.stats.CostAdvice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two overviews, so that a second in which little happens costs little: caches
 * whose figures have not changed are left out, and policies that have not. Events go their own way.
 */
final class Changes {

  private Changes() {}

  /** An overview in the same shape, complete. */
  static Map<String, Object> all(Overview now, Sample sample) {
    return between(null, now, sample);
  }

  static Map<String, Object> between(@Nullable Overview before, Overview now, Sample sample) {
    Map<String, NodeView> old = new HashMap<>();
    if (before != null) {
      before.nodes().forEach(node -> old.put(node.id(), node));
    }
    List<Object> nodes = new ArrayList<>();
    for (NodeView node : now.nodes()) {
      nodes.add(node(old.get(node.id()), node));
    }
    Map<String, Object> changes = new LinkedHashMap<>();
    changes.put("isComplete", before == null);
    changes.put("keyPrefix", now.keyPrefix());
    changes.put("atMillis", now.atMillis());
    changes.put("node", now.node());
    changes.put("isWhole", now.isWhole());
    changes.put("switches", now.switches());
    changes.put("switchOrders", orders(now));
    changes.put("troubles", Trouble.allOf(now));
    changes.put("concerns", Concern.allOf(now));
    changes.put("sample", sample);
    changes.put("nodes", nodes);
    return changes;
  }

  /** Who has switched what down, and when, as far as nodes remember. */
  private static List<SwitchOrder> orders(Overview now) {
    return now.switches().keySet().stream()
        .flatMap(cache -> SwitchOrder.of(now, cache).stream())
        .filter(order -> order.percent() < 100)
        .toList();
  }

  private static Map<String, Object> node(@Nullable NodeView before, NodeView now) {
    Map<String, CacheView> old = new HashMap<>();
    if (before != null && before.startedMillis() == now.startedMillis()) {
      before.caches().forEach(cache -> old.put(cache.stats().cache(), cache));
    }
    List<Object> caches = new ArrayList<>();
    for (CacheView cache : now.caches()) {
      CacheView was = old.get(cache.stats().cache());
      if (cache.equals(was)) {
        continue;
      }
      Map<String, Object> changed = new LinkedHashMap<>();
      changed.put("stats", cache.stats());
      changed.put("percent", cache.percent());
      changed.put("sparedLoads", cache.stats().sparedLoads());
      changed.put("sparedNanos", cache.stats().sparedNanos());
      changed.put("savedNanos", CostAdvice.of(cache.stats()).saved().toNanos());
      if (was == null || !was.policy().equals(cache.policy())) {
        changed.put("policy", cache.policy());
      }
      caches.add(changed);
    }
    Map<String, Object> changes = new LinkedHashMap<>();
    changes.put("id", now.id());
    changes.put("host", now.host());
    changes.put("process", now.process());
    changes.put("version", now.version());
    changes.put("startedMillis", now.startedMillis());
    changes.put("atMillis", now.atMillis());
    changes.put("state", now.state());
    changes.put("waiting", now.waiting());
    changes.put("heapUsed", now.heapUsed());
    changes.put("heapMax", now.heapMax());
    changes.put("policies", now.policies());
    changes.put("freshness", now.freshness());
    changes.put("times", now.times());
    changes.put("tiers", now.tiers());
    changes.put("caches", caches);
    return changes;
  }
}
