package dev.larder.internal.manage;

import dev.larder.internal.advise.CacheTraffic;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.Loaded;
import dev.larder.manage.Verification.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node answers.
 *
 * @param node its id
 * @param done what it did; empty if nothing
 * @param refusal why it did not do what was asked; empty if it did or had nothing to do
 * @param copies of the key in its L1
 * @param missedMillis when the last miss that it remembers was
 * @param sampled copies that it looked at
 * @param traffic what it has seen of the traffic of caches
 */
public record Answer(
    String node,
    String done,
    String refusal,
    List<Copy> copies,
    @Nullable Ending ended,
    @Nullable Loaded loaded,
    @Nullable String missed,
    long missedMillis,
    List<Event> history,
    long sampled,
    List<Finding> findings,
    List<CacheTraffic> traffic) {

  Answer(
      String node,
      String done,
      String refusal,
      List<Copy> copies,
      @Nullable Ending ended,
      @Nullable Loaded loaded,
      @Nullable String missed,
      long missedMillis,
      List<Event> history,
      long sampled,
      List<Finding> findings) {
    this(
        node,
        done,
        refusal,
        copies,
        ended,
        loaded,
        missed,
        missedMillis,
        history,
        sampled,
        findings,
        List.of());
  }

  static Answer traffic(String node, List<CacheTraffic> traffic) {
    return new Answer(
        node, "", "", List.of(), null, null, null, 0, List.of(), 0, List.of(), traffic);
  }

  static Answer done(String node, String done) {
    return new Answer(node, done, "", List.of(), null, null, null, 0, List.of(), 0, List.of());
  }

  static Answer refused(String node, String why) {
    return new Answer(node, "", why, List.of(), null, null, null, 0, List.of(), 0, List.of());
  }
}
