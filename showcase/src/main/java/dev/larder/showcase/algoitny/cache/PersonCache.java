package dev.larder.showcase.algoitny.cache;

import dev.larder.showcase.algoitny.domain.Person;
import dev.larder.showcase.algoitny.source.AccountReads;
import dev.larder.spring.annotation.Cached;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The name of a user, for the head of every page. */
@Component
class PersonCache {
  private final AccountReads source;

  PersonCache(AccountReads source) {
    this.source = source;
  }

  @Cached(
      cache = "person",
      key = "#user",
      ttl = "long",
      negativeTtl = "short",
      tags = Tags.PERSON + "#{#user}")
  public Optional<Person> person(int user) {
    return source
        .user(user)
        .map(it -> new Person(it.id(), it.username(), it.displayName(), it.admin()));
  }
}
