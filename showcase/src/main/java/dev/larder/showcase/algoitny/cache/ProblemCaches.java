package dev.larder.showcase.algoitny.cache;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.CachePolicyBuilder;
import dev.larder.Larder;
import dev.larder.codec.TypeRef;
import dev.larder.showcase.algoitny.domain.Drafts;
import dev.larder.showcase.algoitny.domain.Problem;
import dev.larder.showcase.algoitny.domain.ProblemDetail;
import dev.larder.showcase.algoitny.domain.ProblemPage;
import dev.larder.showcase.algoitny.domain.ProblemQuery;
import dev.larder.showcase.algoitny.domain.Registered;
import dev.larder.showcase.algoitny.domain.TestCaseLine;
import dev.larder.showcase.algoitny.source.ProblemReads;
import dev.larder.showcase.trace.RequestTrace;
import dev.larder.spring.CachePolicies;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What is answered about problems.
 *
 * <pre>
 * algoitny:problem_list:v1:baekjoon:sort:page:1    problem_list, 5 min
 * algoitny:problem_detail:v1:id:42                 problem_detail, 10 min; that there is none, short
 * algoitny:test_cases:v1:42                        test_cases, 15 min
 * algoitny:problem_drafts:v1:all                   short, 1 min
 * algoitny:problem_registered:v1:all               medium, 5 min
 * </pre>
 */
@SuppressWarnings("NullAway") // type arguments of Spring's row mappers and of generic calls
@Component
public final class ProblemCaches {
  private static final String ALL = "all";

  private final Cache<ListKey, ProblemPage> lists;
  private final Cache<DetailKey, ProblemDetail> details;
  private final Cache<Integer, List<TestCaseLine>> testCases;
  private final Cache<String, Drafts> drafts;
  private final Cache<String, Registered> registered;
  private final ProblemReads source;
  private final StatisticsCache statistics;

  record ListKey(String platform, String search, String word, int page) {
    static ListKey of(ProblemQuery query) {
      return new ListKey(query.platform(), query.search(), "page", query.page());
    }

    ProblemQuery query() {
      return new ProblemQuery(platform, search, page);
    }
  }

  record DetailKey(String word, int id) {
    static DetailKey of(int id) {
      return new DetailKey("id", id);
    }
  }

  ProblemCaches(
      Larder larder, CachePolicies policies, ProblemReads source, StatisticsCache statistics) {
    this.source = source;
    this.statistics = statistics;
    lists = cache(
        larder,
        policies,
        "problem_list",
        CachePolicy.of(ListKey.class, ProblemPage.class)
            .ttl(policies.time("problem_list"))
            .l1MaxEntries(2_000)
            .keyTags(key -> Set.of(Tags.LISTS)));
    details = cache(
        larder,
        policies,
        "problem_detail",
        CachePolicy.of(DetailKey.class, ProblemDetail.class)
            .ttl(policies.time("problem_detail"))
            .negativeTtl(policies.time("short"))
            .keyTags(key -> Set.of(Tags.PROBLEM + key.id())));
    testCases = cache(
        larder,
        policies,
        "test_cases",
        CachePolicy.of(Integer.class, new TypeRef<List<TestCaseLine>>() {})
            .ttl(policies.time("test_cases"))
            .keyTags(problem -> Set.of(Tags.TEST_CASES + problem)));
    drafts = cache(
        larder,
        policies,
        "problem_drafts",
        CachePolicy.of(String.class, Drafts.class)
            .ttl(policies.time("short"))
            .keyTags(key -> Set.of(Tags.DRAFTS)));
    registered = cache(
        larder,
        policies,
        "problem_registered",
        CachePolicy.of(String.class, Registered.class)
            .ttl(policies.time("medium"))
            .keyTags(key -> Set.of(Tags.REGISTERED)));
  }

  private static <K, V> Cache<K, V> cache(
      Larder larder, CachePolicies policies, String name, CachePolicyBuilder<K, V> declared) {
    return larder.cache(name, policies.apply(name, declared.build()));
  }

  /** A page of the list. */
  public ProblemPage page(ProblemQuery query) {
    return read(lists, () -> lists.get(ListKey.of(query), this::load));
  }

  private ProblemPage load(ListKey key) {
    return source.page(key.query());
  }

  /** A problem with its test cases. */
  public Optional<ProblemDetail> detail(int id) {
    return Optional.ofNullable(
        RequestTrace.reading(details.name(), () -> details.get(DetailKey.of(id), this::load)));
  }

  private @Nullable ProblemDetail load(DetailKey key) {
    return source.problem(key.id()).map(this::detail).orElse(null);
  }

  private ProblemDetail detail(Problem problem) {
    return new ProblemDetail(
        problem.id(),
        problem.platform(),
        problem.number(),
        problem.title(),
        problem.difficulty(),
        problem.statement(),
        problem.completed(),
        problem.createdAt(),
        problem.updatedAt(),
        testCases(problem.id()),
        RequestTrace.reading("problem_statistics", () -> statistics.statistics(problem)));
  }

  /** The test cases of a problem; none for a problem that is not there. */
  public List<TestCaseLine> testCases(int problem) {
    return read(
        testCases,
        () -> testCases.get(problem, key -> source.testCases(Set.of(key)).get(key)));
  }

  /** The cache of test cases, for the DataLoader of GraphQL. */
  public Cache<Integer, List<TestCaseLine>> testCases() {
    return testCases;
  }

  /** The drafts. */
  public Drafts drafts() {
    return read(drafts, () -> drafts.get(ALL, key -> source.drafts()));
  }

  /** The registered problems. */
  public Registered registered() {
    return read(registered, () -> registered.get(ALL, key -> source.registered()));
  }

  private static <V> V read(Cache<?, V> cache, Supplier<@Nullable V> lookup) {
    return Objects.requireNonNull(RequestTrace.reading(cache.name(), lookup));
  }

  // ---- for warming: loads anew, whatever is there

  void warmPage(ProblemQuery query) {
    lists.refresh(ListKey.of(query), this::load);
  }

  void warmDetail(int id) {
    details.refresh(DetailKey.of(id), this::load);
  }

  void warmDrafts() {
    drafts.refresh(ALL, key -> source.drafts());
  }

  void warmRegistered() {
    registered.refresh(ALL, key -> source.registered());
  }
}
