package dev.larder.showcase.algoitny.cache;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import dev.larder.codec.Compression;
import dev.larder.codec.Compressions;
import dev.larder.showcase.algoitny.domain.ProblemQuery;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What compression saves and costs, measured now on values that are there: bytes before and after, and
 * the time that packing and unpacking take, to set against a round trip.
 */
@Component
public final class CompressionFigures {
  private static final int RUNS = 20;

  private final Larder larder;
  private final CodecProvider codecs;
  private final ProblemCaches problems;
  private final AccountCaches accounts;

  CompressionFigures(
      Larder larder, CodecProvider codecs, ProblemCaches problems, AccountCaches accounts) {
    this.larder = larder;
    this.codecs = codecs;
    this.problems = problems;
    this.accounts = accounts;
  }

  /**
   * One value in one way.
   *
   * @param value words for people
   * @param rawBytes encoded, as it would be stored without compression
   * @param packedBytes the same compressed
   * @param packMicros mean time to pack, microseconds
   * @param unpackMicros mean time to unpack, microseconds
   * @param isPacked whether the cache's policy has it stored so: in this way, and long enough
   */
  public record Line(
      String cache,
      String value,
      String compression,
      int rawBytes,
      int packedBytes,
      long packMicros,
      long unpackMicros,
      boolean isPacked) {
    /** What is left of each hundred bytes. */
    public long percent() {
      return rawBytes == 0 ? 100 : Math.round(100.0 * packedBytes / rawBytes);
    }
  }

  /**
   * The first page, the registered problems, the drafts, one problem and one user's statistics, which
   * are loaded where they are not cached.
   *
   * @param problem number of the problem
   * @param user number of the user
   */
  public List<Line> measure(int problem, int user) {
    List<Line> lines = new ArrayList<>();
    add(lines, "problem_list", "page 1", problems.page(ProblemQuery.first(ProblemQuery.EVERY)));
    add(lines, "problem_registered", "all", problems.registered());
    add(lines, "problem_drafts", "all", problems.drafts());
    add(lines, "problem_detail", "problem " + problem, problems.detail(problem).orElse(null));
    add(lines, "test_cases", "problem " + problem, problems.testCases(problem));
    add(lines, "user_stats", "user " + user, accounts.stats(user));
    return lines;
  }

  private void add(List<Line> lines, String cache, String words, @Nullable Object value) {
    if (value == null) {
      return;
    }
    Cache<?, ?> found = larder.find(cache).orElseThrow();
    byte[] raw = encode(found.policy(), value);
    for (Compression each : Compressions.available()) {
      byte[] packed = each.compress(raw);
      long pack = micros(() -> each.compress(raw));
      long unpack = micros(() -> each.decompress(ByteBuffer.wrap(packed), raw.length));
      CachePolicy<?, ?> policy = found.policy();
      lines.add(new Line(
          cache,
          words,
          each.name(),
          raw.length,
          packed.length,
          pack,
          unpack,
          policy.compressAbove() > 0
              && raw.length >= policy.compressAbove()
              && policy.compression().equals(each.name())));
    }
  }

  @SuppressWarnings("unchecked")
  private <V> byte[] encode(CachePolicy<?, V> policy, Object value) {
    Codec<V> codec = codecs.codec(policy.valueType());
    return codec.encode((V) value);
  }

  private static long micros(Runnable work) {
    long begun = System.nanoTime();
    for (int i = 0; i < RUNS; i++) {
      work.run();
    }
    return (System.nanoTime() - begun) / RUNS / 1_000;
  }
}
