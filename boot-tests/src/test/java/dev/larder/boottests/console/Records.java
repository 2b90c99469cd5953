package dev.larder.boottests.console;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.warm.WarmPlan;
import java.time.Duration;
import java.util.Set;
import java.util.stream.LongStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A shop of records with three caches and a warm-up, and the console. */
@SpringBootApplication(proxyBeanMethods = false)
public class Records {

  /** How many records the warm-up is for. */
  static final int FAVOURITES = 12;

  /** A record. */
  public record Album(long id, String title, String artist) {}

  @Bean
  Cache<Long, Album> albums(
      Larder larder, Warehouse warehouse, @Value("${records.ttl:1h}") Duration ttl) {
    return larder.cache(
        "album",
        CachePolicy.of(Long.class, Album.class)
            .ttl(ttl)
            .tags((id, album) -> Set.of("artist:" + album.artist()))
            .loader(warehouse::album)
            .build());
  }

  @Bean
  Cache<Long, String> artists(Larder larder) {
    return larder.cache(
        "artist",
        CachePolicy.of(Long.class, String.class).ttl(Duration.ofHours(1)).build());
  }

  @Bean
  Cache<Long, Long> prices(Larder larder) {
    return larder.cache(
        "price",
        CachePolicy.of(Long.class, Long.class).ttl(Duration.ofMinutes(10)).build());
  }

  @Bean
  WarmPlan<Long, Album> favourites(Cache<Long, Album> albums, Warehouse warehouse) {
    return WarmPlan.of("favourites", albums)
        .keys(LongStream.range(0, FAVOURITES).boxed().toList())
        .loader(warehouse::favourite)
        .perSecond(500)
        .concurrency(2)
        .build();
  }

  static Album read(long id) {
    return new Album(id, "<b>Title</b> " + id, "artist-" + id % 10);
  }
}
