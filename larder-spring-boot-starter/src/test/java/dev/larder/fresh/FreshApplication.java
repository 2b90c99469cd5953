package dev.larder.fresh;

import dev.larder.Larder;
import dev.larder.spring.annotation.Cached;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application with the starter and no configuration at all. */
@SpringBootApplication
@EnableCaching
public class FreshApplication {

  @Bean
  Albums albums() {
    return new Albums();
  }

  /** Says what it runs on, calls a cached method twice, and ends. */
  public static void main(String[] args) {
    try (ConfigurableApplicationContext context =
        SpringApplication.run(FreshApplication.class, args)) {
      Albums albums = context.getBean(Albums.class);
      Larder larder = context.getBean(Larder.class);
      System.out.println("answers: " + albums.find(1) + " " + albums.find(1));
      System.out.println("notes: " + albums.note(1) + " " + albums.note(1));
      System.out.println(
          "tiers: " + larder.tiers().stream().map(tier -> tier.tier()).toList());
      System.out.println(
          "hits: " + larder.stats().stream().mapToLong(cache -> cache.hits()).sum());
      albums.rename(1, "renamed");
      System.out.println("then: " + albums.find(1));
      albums.rename(1, "title 1");
      System.out.println("again: " + albums.find(1));
    }
  }

  /** A service with one annotated method. */
  static class Albums {

    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger notes = new AtomicInteger();
    private final Map<Long, String> titles = new ConcurrentHashMap<>();

    @Cacheable("albums")
    public Album find(long id) {
      return new Album(id, titles.getOrDefault(id, "title " + loads.incrementAndGet()));
    }

    @CacheEvict(cacheNames = "albums", key = "#id")
    public void rename(long id, String title) {
      titles.put(id, title);
    }

    @Cached(ttl = "5m")
    public String note(long id) {
      return "note " + notes.incrementAndGet();
    }
  }

  record Album(long id, String title) {}
}
