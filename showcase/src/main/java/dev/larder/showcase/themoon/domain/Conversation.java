package dev.larder.showcase.themoon.domain;

import java.util.List;
import java.util.stream.Collectors;

/** A conversation and those in it, who do not change. */
public record Conversation(long id, List<Person> members) {

  /** Whether a user may read and write it. */
  public boolean has(long user) {
    return members.stream().anyMatch(member -> member.id() == user);
  }

  /** The others, for a title. */
  public String titleFor(long user) {
    return members.stream()
        .filter(member -> member.id() != user)
        .map(Person::name)
        .collect(Collectors.joining(", "));
  }
}
