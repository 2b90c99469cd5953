package dev.larder.internal.warm;

import dev.larder.Cache;
import dev.larder.CacheTier;
import dev.larder.CodecException;
import dev.larder.ConfigurationException;
import dev.larder.Loader;
import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What all nodes are asked for most. Blocks. */
final class Hottest {

  private final WarmContext context;

  Hottest(WarmContext context) {
    this.context = context;
  }

  /** See {@link dev.larder.warm.Warming#hotKeys}. */
  <K> List<K> keys(Cache<K, ?> cache, int most) {
    check(most);
    CodecProvider codecs = context.codecs();
    if (codecs == null || cache.policy().hashedKeys()) {
      return List.of();
    }
    Codec<K> codec;
    try {
      codec = codecs.codec(cache.policy().keyType());
    } catch (ConfigurationException noForm) {
      return List.of();
    }
    return context.hot().apply(cache.name(), most).stream()
        .flatMap(hot -> read(codec, hot.key()))
        .toList();
  }

  /** A node of another version may have keys of another shape there: they are not ours to load. */
  private static <K> Stream<K> read(Codec<K> codec, String written) {
    try {
      return Stream.of(codec.decode(ByteBuffer.wrap(Base64.getDecoder().decode(written))));
    } catch (CodecException | IllegalArgumentException foreign) {
      return Stream.empty();
    }
  }

  private static void check(int most) {
    if (most < 1 || most > 1_000) {
      throw new IllegalArgumentException("most: " + most + " is not 1 to 1,000");
    }
  }

  /** See {@link dev.larder.warm.Warming#hottest}. */
  Stream<Callable<?>> calls(int most) {
    check(most);
    return context.caches().get().stream()
        .filter(cache -> cache.policy().tiers().contains(CacheTier.L1)
            && cache.policy().tiers().size() > 1)
        .flatMap(cache -> calls(cache, most));
  }

  private <K, V> Stream<Callable<?>> calls(Cache<K, V> cache, int most) {
    @Nullable Loader<? super K, ? extends V, ?> loader = cache.policy().loader();
    return keys(cache, most).stream().map(key -> () -> {
      // Looking brings what a shared tier has into L1.
      boolean isThere = cache.peek(key).isAnswered();
      return isThere || loader == null ? isThere : cache.get(key, loader);
    });
  }
}
