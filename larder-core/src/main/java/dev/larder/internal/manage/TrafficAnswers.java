package dev.larder.internal.manage;

import dev.larder.internal.advise.CacheTraffic;
import dev.larder.internal.advise.Question;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this node has seen of its caches' traffic. */
final class TrafficAnswers {

  private final LocalView local;

  TrafficAnswers(LocalView local) {
    this.local = local;
  }

  /**
   * Answers.
   *
   * @param cache name of the cache; empty for all
   * @param question other terms to replay with; null for those that an adviser weighs
   */
  Answer answer(String cache, @Nullable Question question) {
    List<CacheTraffic> traffic = new ArrayList<>();
    for (CacheInspection each : local.caches()) {
      if (cache.isEmpty() || each.name().equals(cache)) {
        traffic.add(each.traffic(question));
      }
    }
    return Answer.traffic(local.node(), traffic);
  }
}
