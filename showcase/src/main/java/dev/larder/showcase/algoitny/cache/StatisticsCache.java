package dev.larder.showcase.algoitny.cache;

import dev.larder.showcase.algoitny.domain.Problem;
import dev.larder.showcase.algoitny.domain.ProblemStatistics;
import dev.larder.showcase.algoitny.source.ProblemReads;
import dev.larder.spring.annotation.Cached;
import org.springframework.stereotype.Component;

/**
 * What people did with a problem: the document's cached method, whose key is an attribute of its
 * object. Its time alone ends it.
 */
@Component
class StatisticsCache {
  private final ProblemReads source;

  StatisticsCache(ProblemReads source) {
    this.source = source;
  }

  @Cached(
      cache = "problem_statistics",
      key = "#problem.id()",
      ttl = "problem_detail",
      tags = Tags.STATISTICS + "#{#problem.id()}")
  public ProblemStatistics statistics(Problem problem) {
    return source.statistics(problem.id());
  }
}
