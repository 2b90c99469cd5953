package dev.larder.showcase.algoitny.cache;

import dev.larder.showcase.algoitny.domain.HistoryPage;
import dev.larder.showcase.algoitny.source.AccountReads;
import dev.larder.spring.annotation.Cached;
import org.springframework.stereotype.Component;

/** The pages of a user's history: {@code algoitny:query/search_history:v1:7:page:1}. */
@Component
class HistoryCache {
  private final AccountReads source;

  HistoryCache(AccountReads source) {
    this.source = source;
  }

  @Cached(
      cache = "search_history",
      key = "{#user, 'page', #page}",
      ttl = "search_history",
      tags = Tags.HISTORY + "#{#user}")
  public HistoryPage page(int user, int page) {
    return source.history(user, page);
  }
}
