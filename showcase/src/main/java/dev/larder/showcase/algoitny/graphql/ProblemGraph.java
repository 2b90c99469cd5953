package dev.larder.showcase.algoitny.graphql;

import dev.larder.showcase.algoitny.cache.AccountCaches;
import dev.larder.showcase.algoitny.cache.ProblemCaches;
import dev.larder.showcase.algoitny.domain.ProblemPage;
import dev.larder.showcase.algoitny.domain.ProblemStatistics;
import dev.larder.showcase.algoitny.domain.TestCaseLine;
import dev.larder.showcase.algoitny.domain.UserStats;
import dev.larder.showcase.algoitny.source.ProblemReads;
import dev.larder.showcase.algoitny.web.Queries;
import dev.larder.showcase.web.Refused;
import dev.larder.spring.graphql.LarderDataLoaders;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.GraphQlExceptionHandler;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.graphql.execution.ErrorType;
import org.springframework.stereotype.Controller;

/** Fetches what a query asks for, out of the caches. */
@Controller
class ProblemGraph {
  private static final String TEST_CASES = "testCases";

  private final ProblemCaches problems;
  private final AccountCaches accounts;
  private final LoggedIn loggedIn;

  ProblemGraph(
      ProblemCaches problems,
      AccountCaches accounts,
      ProblemReads source,
      LoggedIn loggedIn,
      BatchLoaderRegistry loaders) {
    this.problems = problems;
    this.accounts = accounts;
    this.loggedIn = loggedIn;
    loaders
        .<Integer, List<TestCaseLine>>forName(TEST_CASES)
        .registerMappedBatchLoader(
            LarderDataLoaders.mapped(problems.testCases(), source::testCases));
  }

  /** A problem, wherever it was found. */
  record Node(int id, String platform, String number, String title, int difficulty) {}

  record NodePage(int page, int pages, long total, List<Node> problems) {}

  @QueryMapping
  NodePage problems(@Argument String platform, @Argument String search, @Argument int page) {
    ProblemPage found = problems.page(Queries.problems(platform, search, page));
    return new NodePage(
        found.page(),
        found.pages(),
        found.total(),
        found.problems().stream()
            .map(it -> new Node(it.id(), it.platform(), it.number(), it.title(), it.difficulty()))
            .toList());
  }

  @QueryMapping
  @Nullable Node problem(@Argument int id) {
    return problems
        .detail(id)
        .map(it -> new Node(it.id(), it.platform(), it.number(), it.title(), it.difficulty()))
        .orElse(null);
  }

  @QueryMapping
  @Nullable UserStats myStats() {
    Integer user = loggedIn.user();
    return user == null ? null : accounts.stats(user);
  }

  @SchemaMapping(typeName = "Problem")
  CompletableFuture<List<TestCaseLine>> testCases(
      Node problem, DataLoader<Integer, List<TestCaseLine>> testCases) {
    return testCases.load(problem.id());
  }

  @SchemaMapping(typeName = "Problem")
  ProblemStatistics statistics(Node problem) {
    return problems
        .detail(problem.id())
        .orElseThrow(() -> Refused.notFound("problem", problem.id()))
        .statistics();
  }

  @GraphQlExceptionHandler
  GraphQLError refused(Refused refused, DataFetchingEnvironment environment) {
    return GraphqlErrorBuilder.newError(environment)
        .errorType(
            refused.reason() == Refused.Reason.NOT_FOUND
                ? ErrorType.NOT_FOUND
                : ErrorType.BAD_REQUEST)
        .message("%s", refused.getMessage())
        .build();
  }
}
