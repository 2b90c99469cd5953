package dev.larder.showcase.stories.web;

import dev.larder.Larder;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the caches have done: counts and times, no keys. */
@RestController
final class CacheApi {
  private final Larder larder;

  CacheApi(Larder larder) {
    this.larder = larder;
  }

  @GetMapping("/api/caches")
  List<CacheLine> caches() {
    return CacheLine.of(larder);
  }
}
