package dev.larder.showcase.algoitny.action;

import dev.larder.showcase.algoitny.domain.AppUser;
import dev.larder.showcase.algoitny.domain.Attempt;
import dev.larder.showcase.algoitny.domain.Problem;
import dev.larder.showcase.algoitny.domain.SearchHistory;
import dev.larder.showcase.web.Refused;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Adds to a user's history, shows or hides a program, and takes an attempt away. */
@Component
@Transactional
public class HistoryActions {
  private final EntityManager entities;
  private final Clock clock;

  HistoryActions(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /** A new attempt; its number. */
  public long add(int user, int problem, Attempt attempt) {
    Problem tried = entities.find(Problem.class, problem);
    if (tried == null) {
      throw Refused.notFound("problem", problem);
    }
    AppUser who = entities.find(AppUser.class, user);
    if (who == null) {
      throw Refused.notFound("user", user);
    }
    SearchHistory added = new SearchHistory(who, tried, Checked.attempt(attempt), clock.instant());
    entities.persist(added);
    return added.id();
  }

  /** Shows the program of an attempt to everybody, or hides it. */
  public void show(int user, long attempt, boolean toEverybody) {
    own(user, attempt).show(toEverybody);
  }

  /** Deletes an attempt. */
  public void delete(int user, long attempt) {
    entities.remove(own(user, attempt));
  }

  /** Another user's attempt is answered like one that is not there. */
  private SearchHistory own(int user, long id) {
    SearchHistory found = entities.find(SearchHistory.class, id);
    if (found == null || found.user().id() != user) {
      throw Refused.notFound("attempt", id);
    }
    return found;
  }
}
