package dev.larder.showcase.simlane.cache;

import dev.larder.showcase.simlane.domain.Account;
import dev.larder.showcase.simlane.source.AccountSource;
import dev.larder.spring.annotation.Cached;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who somebody is, for the navigation of their pages. */
@Component
public class AccountQueries {
  private final AccountSource source;

  AccountQueries(AccountSource source) {
    this.source = source;
  }

  @Cached(cache = "account", key = "#user", ttl = "10m", tags = Tags.USER + "#{#user}")
  public Optional<Account> account(long user) {
    return source.account(user);
  }
}
