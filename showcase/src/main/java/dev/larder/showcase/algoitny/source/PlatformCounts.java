package dev.larder.showcase.algoitny.source;

import dev.larder.showcase.algoitny.domain.PlatformCount;
import dev.larder.showcase.algoitny.domain.Problem;
import dev.larder.spring.annotation.CachedQuery;
import java.util.List;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** How many registered problems each platform has: a cached query, ended by any write to problems. */
public interface PlatformCounts extends Repository<Problem, Integer> {

  /** The platforms, by name. */
  @CachedQuery(cache = "platform_counts", key = "'all'", ttl = "long")
  @Query(
      "select new dev.larder.showcase.algoitny.domain.PlatformCount(p.platform, count(p)) from Problem p where p.completed"
          + " group by p.platform order by p.platform")
  List<PlatformCount> counts();
}
