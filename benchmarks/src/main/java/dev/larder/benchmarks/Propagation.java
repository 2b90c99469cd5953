package dev.larder.benchmarks;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.Lookup;
import dev.larder.testkit.EmbeddedRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * From before the call that invalidates a tag in one process until another process's L1 no longer
 * serves the entry. Both clocks are the machine's monotonic one, which all processes share on Linux.
 */
public final class Propagation {

  private static final String TAG = "watched";

  private Propagation() {}

  private static Cache<Long, String> cache(Larder larder) {
    return larder.cache(
        "watched",
        CachePolicy.of(Long.class, String.class)
            .tags((id, value) -> List.of(TAG))
            .build());
  }

  static void run(List<String> words) throws IOException, InterruptedException {
    int count = words.isEmpty() ? 2_000 : Integer.parseInt(words.get(0));
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        Larder larder =
            Larder.builder().keyPrefix("propagation").redis(redis.uri()).build()) {
      Process other = Child.start(Propagation.class, redis.uri());
      BufferedReader answers =
          new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
      long[] took = new long[count];
      for (int i = 0; i < count; i++) {
        // The other has the entry in its L1 and watches it.
        answers.readLine();
        long start = System.nanoTime();
        larder.invalidateTags(TAG);
        took[i] = Long.parseLong(answers.readLine()) - start;
        other.getOutputStream().write('\n');
        other.getOutputStream().flush();
      }
      other.getOutputStream().close();
      other.destroy();
      other.waitFor();
      Arrays.sort(took);
      Bench.row(
          "invalidation seen by another process's L1",
          String.format(
              Locale.ROOT,
              "p50 %.2f, p99 %.2f, max %.2f ms",
              Bench.percentile(took, 0.5) / 1e6,
              Bench.percentile(took, 0.99) / 1e6,
              took[count - 1] / 1e6),
          "p99 under 5 ms");
    }
  }

  /** The other process. */
  public static void main(String[] args) throws IOException {
    try (Larder larder =
        Larder.builder().keyPrefix("propagation").redis(args[0]).build()) {
      Cache<Long, String> cache = cache(larder);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      do {
        cache.get(1L, id -> "value");
        System.out.println("watching");
        while (cache.get(1L) instanceof Lookup.Hit) {
          Thread.onSpinWait();
        }
        System.out.println(System.nanoTime());
      } while (in.readLine() != null);
    }
  }
}
