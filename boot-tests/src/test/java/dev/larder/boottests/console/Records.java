package dev.larder.boottests.console;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A shop of records with one cache, and the console. */
@SpringBootApplication(proxyBeanMethods = false)
public class Records {

  /** A record. */
  public record Album(long id, String title, String artist) {}

  @Bean
  Cache<Long, Album> albums(Larder larder) {
    return larder.cache(
        "album",
        CachePolicy.of(Long.class, Album.class)
            .ttl(Duration.ofHours(1))
            .tags((id, album) -> Set.of("artist:" + album.artist()))
            .loader(Records::read)
            .build());
  }

  static Album read(long id) {
    return new Album(id, "<b>Title</b> " + id, "artist-" + id % 10);
  }
}
