package dev.larder.benchmarks;

import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.Larder;
import java.util.Locale;

/** How many bytes an entry takes over its encoded value, without tags, as Redis holds it. */
final class EntrySize {

  private EntrySize() {}

  static void run() {
    try (Servers servers = new Servers();
        Larder larder =
            Larder.builder().keyPrefix("size").redis(servers.redis.uri()).build()) {
      var cache = larder.cache(
          "album",
          CachePolicy.of(Long.class, Album.class)
              .tiers(CacheTier.L2)
              .compressAbove(0)
              .build());
      cache.get(1L, Album::of);
      int encoded = servers.codec.encode(Album.of(1)).length;
      long stored = Long.parseLong(servers.redis.command("STRLEN", "size:album:v1:1L"));
      Bench.row(
          "bytes over the encoded value of " + encoded,
          String.format(Locale.ROOT, "%d", stored - encoded),
          "at most 64");
    }
  }
}
