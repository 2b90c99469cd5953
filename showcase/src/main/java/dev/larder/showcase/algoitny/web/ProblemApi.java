package dev.larder.showcase.algoitny.web;

import dev.larder.showcase.algoitny.cache.ProblemCaches;
import dev.larder.showcase.algoitny.cache.Tags;
import dev.larder.showcase.algoitny.domain.Drafts;
import dev.larder.showcase.algoitny.domain.ProblemDetail;
import dev.larder.showcase.algoitny.domain.ProblemPage;
import dev.larder.showcase.algoitny.domain.ProblemQuery;
import dev.larder.showcase.algoitny.domain.ProblemStatistics;
import dev.larder.showcase.algoitny.domain.Registered;
import dev.larder.showcase.algoitny.domain.TestCaseLine;
import dev.larder.showcase.web.Refused;
import dev.larder.web.Scope;
import dev.larder.web.spring.CachedResponse;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Problems, the same for everybody. */
@RestController
@RequestMapping("/api/problems")
final class ProblemApi {
  private final ProblemCaches problems;

  ProblemApi(ProblemCaches problems) {
    this.problems = problems;
  }

  @GetMapping
  ProblemPage list(
      @RequestParam(defaultValue = ProblemQuery.EVERY) String platform,
      @RequestParam(defaultValue = "") String search,
      @RequestParam(defaultValue = "1") int page) {
    return problems.page(Queries.problems(platform, search, page));
  }

  @GetMapping("/{id}")
  ProblemDetail detail(@PathVariable int id) {
    return problems.detail(id).orElseThrow(() -> Refused.notFound("problem", id));
  }

  @GetMapping("/{id}/test-cases")
  List<TestCaseLine> testCases(@PathVariable int id) {
    return problems.testCases(id);
  }

  /** The document's cached response: whole, with its headers, by an annotation on the handler. */
  @CachedResponse(
      ttl = "10m",
      scope = Scope.PUBLIC,
      tags = {Tags.STATISTICS + "#{#id}", Tags.PROBLEM + "#{#id}"})
  @GetMapping(path = "/{id}/statistics", produces = "application/json")
  ProblemStatistics statistics(@PathVariable int id) {
    return detail(id).statistics();
  }

  @GetMapping("/drafts")
  Drafts drafts() {
    return problems.drafts();
  }

  @GetMapping("/registered")
  Registered registered() {
    return problems.registered();
  }
}
