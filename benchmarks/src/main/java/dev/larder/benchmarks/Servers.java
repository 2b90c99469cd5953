package dev.larder.benchmarks;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CacheTier;
import dev.larder.CodecException;
import dev.larder.Larder;
import dev.larder.codec.Codec;
import dev.larder.codec.TypeRef;
import dev.larder.json.JsonCodecs;
import dev.larder.testkit.EmbeddedRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** A Redis server with a bare client and a Larder cache without L1 on it. */
final class Servers implements AutoCloseable {

  final EmbeddedRedis redis;
  final RedisClient client;
  final StatefulRedisConnection<byte[], byte[]> bare;
  final Larder larder;
  final Cache<Long, Album> cache;
  final Codec<Album> codec = new JsonCodecs().codec(TypeRef.of(Album.class));

  Servers() {
    redis = EmbeddedRedis.start();
    client = RedisClient.create(redis.uri());
    bare = client.connect(ByteArrayCodec.INSTANCE);
    larder = Larder.builder()
        .keyPrefix("bench")
        .redis(redis.uri())
        .tierTimeout(Duration.ofSeconds(5))
        .build();
    cache = larder.cache(
        "album",
        CachePolicy.of(Long.class, Album.class)
            .tiers(CacheTier.L2)
            .ttl(Duration.ofHours(1))
            .compressAbove(0)
            .tags((id, album) -> Set.of("artist:" + album.artist()))
            .build());
  }

  /** The same key, as long as Larder's. */
  static byte[] bareKey(long id) {
    return ("plain:album:v1:" + id).getBytes(StandardCharsets.UTF_8);
  }

  /** Stores an album both ways. */
  void store(long id) {
    cache.get(id, Album::of);
    bare.sync().set(bareKey(id), codec.encode(Album.of(id)));
  }

  /** What the bare client would do for a hit. */
  Album decode(byte[] bytes) throws CodecException {
    return codec.decode(ByteBuffer.wrap(bytes));
  }

  @Override
  public void close() {
    larder.close();
    bare.close();
    client.shutdown(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    redis.close();
  }
}
