package dev.larder.boottests.environment;

import dev.larder.spring.annotation.Cached;
import java.util.concurrent.atomic.AtomicInteger;

/** A service whose times are said in code, for the environment to overrule. */
public class Problems {

  private final AtomicInteger loads = new AtomicInteger();

  @Cached(cache = "problem_list", ttl = "1h")
  public String list(int page) {
    return "page " + page + ", load " + loads.incrementAndGet();
  }

  @Cached(cache = "drafts", ttl = "long")
  public String drafts() {
    return "drafts, load " + loads.incrementAndGet();
  }
}
