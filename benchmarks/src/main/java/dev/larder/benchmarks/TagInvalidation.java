package dev.larder.benchmarks;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Larder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** How long it takes to end a tag, by how many entries carry it, and what the server did meanwhile. */
final class TagInvalidation {

  private static final int WARM_UP = 5_000;
  private static final int ROUNDS = 1_000;

  private TagInvalidation() {}

  static void run(List<String> words) {
    long most = words.isEmpty() ? 1_000_000 : Long.parseLong(words.get(0));
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    try (Servers servers = new Servers();
        Larder larder = Larder.builder()
            .keyPrefix("tags")
            .redis(servers.redis.uri())
            .tierTimeout(java.time.Duration.ofSeconds(10))
            .build()) {
      Cache<Long, String> cache = larder.cache(
          "tagged",
          CachePolicy.of(Long.class, String.class)
              .tiers(CacheTier.L2)
              .tags((id, value) -> Set.of("all-of-them"))
              .build());
      servers.redis.command("CONFIG", "SET", "slowlog-log-slower-than", "1000");
      for (int i = 0; i < WARM_UP; i++) {
        larder.invalidateTags("warm-up");
      }
      double one = 0;
      Bench.row("entries under the tag", "median of " + ROUNDS, "goal");
      for (long entries = 1; entries <= most; entries *= entries == 1 ? 1_000 : 10) {
        fill(cache, entries);
        servers.redis.command("SLOWLOG", "RESET");
        long[] took = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
          long start = System.nanoTime();
          larder.invalidateTags("all-of-them");
          took[i] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        double median = Bench.percentile(took, 0.5) / 1_000;
        one = entries == 1 ? median : one;
        Bench.row(
            Long.toString(entries),
            String.format(Locale.ROOT, "%.0f us, %.2f of one entry's", median, median / one),
            "as fast as with 1; commands over 1 ms: " + servers.redis.command("SLOWLOG", "LEN"));
      }
    }
  }

  private static void fill(Cache<Long, String> cache, long entries) {
    int page = 1_000;
    for (long from = 0; from < entries; from += page) {
      List<Long> keys =
          LongStream.range(from, Math.min(entries, from + page)).boxed().toList();
      cache.getAll(keys, missing -> {
        Map<Long, String> values = new LinkedHashMap<>();
        missing.forEach(key -> values.put(key, "value " + key));
        return values;
      });
    }
  }
}
