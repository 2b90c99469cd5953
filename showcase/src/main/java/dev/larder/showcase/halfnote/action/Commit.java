package dev.larder.showcase.halfnote.action;

import dev.larder.showcase.web.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs an action in a transaction and tells the listener its changes once it is committed. An action
 * that fails changes nothing and tells nothing. Safe for use by many threads.
 */
public final class Commit {
  private final TransactionTemplate transactions;
  private final Consumer<List<Change>> listener;

  /**
   * Commits through a manager.
   *
   * @param listener hears the changes of each action that had any, on the acting thread, after the
   *     commit and before the action returns
   */
  public Commit(PlatformTransactionManager manager, Consumer<List<Change>> listener) {
    this.transactions = new TransactionTemplate(manager);
    this.listener = listener;
  }

  /**
   * Does the work and returns what it returns.
   *
   * @throws Refused if the work refuses, or if it speaks of a user that does not exist
   */
  <T> T of(Function<Changes, T> work) {
    Changes changes = new Changes();
    T result;
    try {
      result =
          java.util.Objects.requireNonNull(transactions.execute(status -> work.apply(changes)));
    } catch (DataIntegrityViolationException e) {
      // Every other reference is checked first: what is left is a user nobody knows.
      throw Refused.because(
          Refused.Reason.UNKNOWN_USER, "The user who acts, or what it is done to, does not exist.");
    }
    if (!changes.list.isEmpty()) {
      listener.accept(List.copyOf(changes.list));
    }
    return result;
  }

  /** Where the work writes down what it changed. */
  static final class Changes {
    private final List<Change> list = new ArrayList<>();

    void add(Change change) {
      list.add(change);
    }
  }
}
