package dev.larder.showcase.algoitny.cache;

import dev.larder.Cache;
import dev.larder.CachePolicy;
import dev.larder.Larder;
import dev.larder.showcase.algoitny.domain.HistoryPage;
import dev.larder.showcase.algoitny.domain.Person;
import dev.larder.showcase.algoitny.domain.UserStats;
import dev.larder.showcase.algoitny.source.AccountReads;
import dev.larder.showcase.trace.RequestTrace;
import dev.larder.spring.CachePolicies;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What one user sees of what they did. The user is the first part of every key, and callers take it
 * from the log-in, never from an address.
 *
 * <pre>
 * algoitny:user_stats:v1:7                       user_stats, 3 min
 * algoitny:query/search_history:v1:7:page:1      search_history, 2 min
 * algoitny:query/person:v1:7                     long, 30 min
 * </pre>
 */
@Component
public final class AccountCaches {
  private final Cache<Integer, UserStats> stats;
  private final HistoryCache histories;
  private final PersonCache people;
  private final AccountReads source;

  AccountCaches(
      Larder larder,
      CachePolicies policies,
      HistoryCache histories,
      PersonCache people,
      AccountReads source) {
    this.histories = histories;
    this.people = people;
    this.source = source;
    stats = larder.cache(
        "user_stats",
        policies.apply(
            "user_stats",
            CachePolicy.of(Integer.class, UserStats.class)
                .ttl(policies.time("user_stats"))
                .keyTags(user -> Set.of(Tags.STATS + user))
                .build()));
  }

  /** A user's statistics. */
  public UserStats stats(int user) {
    return Objects.requireNonNull(
        RequestTrace.reading(stats.name(), () -> stats.get(user, source::stats)));
  }

  /** A page of a user's attempts. */
  public HistoryPage history(int user, int page) {
    return RequestTrace.reading("search_history", () -> histories.page(user, page));
  }

  /** A user as pages show them; empty if there is none. */
  public Optional<Person> person(int user) {
    return RequestTrace.reading("person", () -> people.person(user));
  }

  void warmStats(int user) {
    stats.refresh(user, source::stats);
  }
}
