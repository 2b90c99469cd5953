package dev.larder.internal.manage;

import dev.larder.stats.CacheStats.HotKey;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The keys that all nodes together are asked for most. Blocks for as long as they take to answer. */
final class HotKeys {

  private final Function<Ask, List<Answer>> everyone;

  /** @param everyone puts a question to all nodes */
  HotKeys(Function<Ask, List<Answer>> everyone) {
    this.everyone = everyone;
  }

  /** Most first, as the codec of the key's type writes them, in base 64. */
  List<HotKey> of(String cache, int most) {
    Ask ask = new Ask(LocalManagement.newId(), "", "hot", cache, Integer.toString(most), List.of());
    Map<String, Long> requests = new LinkedHashMap<>();
    for (Answer answer : everyone.apply(ask)) {
      answer.hotKeys().forEach(key -> requests.merge(key.key(), key.requests(), Long::sum));
    }
    return requests.entrySet().stream()
        .map(each -> new HotKey(each.getKey(), each.getValue()))
        .sorted(Comparator.comparingLong(HotKey::requests).reversed())
        .limit(most)
        .toList();
  }
}
