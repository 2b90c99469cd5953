package dev.larder.internal.manage;

import dev.larder.manage.Management;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Puts a question to the other nodes and gathers what they answer. Blocks. */
final class Asking {

  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Bulletin bulletin;
  private final String node;

  Asking(Bulletin bulletin, String node) {
    this.bulletin = bulletin;
    this.node = node;
  }

  /**
   * Asks.
   *
   * @param others nodes that are to answer
   * @param silent gets those that did not, within {@link Management#ASK_LIMIT}
   */
  List<Answer> ask(Ask ask, List<String> others, List<String> silent) {
    if (others.isEmpty()) {
      return List.of();
    }
    Map<String, Answer> answers = new TreeMap<>();
    Set<String> missing = new HashSet<>(others);
    long deadline = System.nanoTime() + Management.ASK_LIMIT.toNanos();
    try {
      bulletin.ask(ask).join();
      while (!missing.isEmpty() && System.nanoTime() - deadline < 0) {
        // Nodes look at the board once a second; nothing wakes this thread when one has answered.
        LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
        for (Answer answer : bulletin.answers(ask).join()) {
          if (!answer.node().equals(node)) {
            answers.put(answer.node(), answer);
            missing.remove(answer.node());
          }
        }
      }
      var unused = bulletin.close(ask);
    } catch (CompletionException unreachable) {
      // Those who have not answered by now will not: the board is gone.
      silent.addAll(missing);
      return new ArrayList<>(answers.values());
    }
    silent.addAll(missing);
    return new ArrayList<>(answers.values());
  }
}
