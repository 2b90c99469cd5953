package dev.larder.showcase.algoitny.cache;

import dev.larder.showcase.algoitny.domain.Platforms;
import dev.larder.showcase.algoitny.domain.ProblemQuery;
import dev.larder.showcase.algoitny.source.AccountReads;
import dev.larder.showcase.algoitny.source.ProblemReads;
import dev.larder.warm.WarmPlan;
import dev.larder.warm.WarmPlanBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What is loaded before anybody asks for it, and loaded anew where it is there. One node at a time does
 * it, one entry after the other and no faster than a rate, so that the source has room for visitors.
 */
@Configuration(proxyBeanMethods = false)
class WarmPlans {
  static final String PROBLEMS = "problems";
  static final String STATS = "stats";
  static final String STATS_OF = "stats-of";

  private static final int LATEST = 20;
  private static final Duration ACTIVE = Duration.ofDays(7);

  private final WarmSettings settings;
  private final Clock clock;

  WarmPlans(WarmSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Bean
  WarmPlan<?, ?> warmProblems(ProblemCaches caches, ProblemReads source) {
    return plan(PROBLEMS, () -> problems(caches, source))
        .every(settings.problems())
        .build();
  }

  private static Stream<Runnable> problems(ProblemCaches caches, ProblemReads source) {
    Stream<Runnable> pages = Stream.concat(Stream.of(ProblemQuery.EVERY), Platforms.ALL.stream())
        .map(platform -> () -> caches.warmPage(ProblemQuery.first(platform)));
    Stream<Runnable> latest = source.latest(LATEST).stream().map(id -> () -> caches.warmDetail(id));
    return Stream.of(pages, latest, Stream.<Runnable>of(caches::warmRegistered, caches::warmDrafts))
        .flatMap(each -> each);
  }

  /** The statistics of users who were active lately. */
  @Bean
  WarmPlan<?, ?> warmStats(AccountCaches caches, AccountReads source) {
    return plan(
            STATS,
            () -> source.activeSince(clock.instant().minus(ACTIVE), settings.mostUsers()).stream()
                .map(user -> () -> caches.warmStats(user)))
        .every(settings.stats())
        .build();
  }

  /** The statistics of one user. */
  @Bean
  WarmPlan<?, ?> warmStatsOf(AccountCaches caches) {
    return plan(STATS_OF, Stream::empty)
        .keysFor(Integer.class, user -> calls(Stream.of(() -> caches.warmStats(user))))
        .build();
  }

  @FunctionalInterface
  private interface Steps {
    Stream<Runnable> list();
  }

  private WarmPlanBuilder<Callable<?>, Object> plan(String name, Steps steps) {
    return WarmPlan.ofCalls(name, () -> calls(steps.list()))
        .perSecond(settings.rate())
        .concurrency(1);
  }

  private static Stream<Callable<?>> calls(Stream<Runnable> steps) {
    return steps.map(step -> () -> {
      step.run();
      return true;
    });
  }
}
