package dev.larder.internal.manage;

import dev.larder.internal.advise.CacheTraffic;
import dev.larder.internal.manage.ModuleReports.Counted;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.EndedBy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.Loaded;
import dev.larder.manage.Verification.Finding;
import dev.larder.stats.CacheStats.HotKey;
import dev.larder.stats.Distribution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node answers.
 *
 * @param node its id
 * @param done what it did; empty if nothing
 * @param refusal why it did not do what was asked; empty if it did or had nothing to do
 * @param copies of the key in its L1
 * @param ended the last invalidation of the key that it has applied
 * @param endedAfterLoad the first one since {@code loaded}, and null without it
 * @param remembersAll whether it remembers all that it has applied since {@code loaded}
 * @param life of the last entry of the key that it made; null if it remembers none
 * @param missedMillis when the last miss that it remembers was
 * @param sampled copies that it looked at
 * @param distributions of what a cache measures
 * @param hotKeys keys that it is asked for most, as a codec writes them
 * @param counted what its modules count; null where that was not asked for
 * @param traffic what it has seen of the traffic of caches
 */
public record Answer(
    String node,
    String done,
    String refusal,
    List<Copy> copies,
    @Nullable Ending ended,
    @Nullable Ending endedAfterLoad,
    boolean remembersAll,
    @Nullable Loaded loaded,
    KeyNotes.@Nullable Life life,
    @Nullable String missed,
    long missedMillis,
    List<EndedBy> endedBy,
    List<Event> history,
    long sampled,
    List<Finding> findings,
    List<Distribution> distributions,
    List<HotKey> hotKeys,
    @Nullable Counted counted,
    List<CacheTraffic> traffic) {

  Answer(
      String node,
      String done,
      String refusal,
      List<Copy> copies,
      @Nullable Ending ended,
      @Nullable Ending endedAfterLoad,
      boolean remembersAll,
      @Nullable Loaded loaded,
      KeyNotes.@Nullable Life life,
      @Nullable String missed,
      long missedMillis,
      List<EndedBy> endedBy,
      List<Event> history,
      long sampled,
      List<Finding> findings) {
    this(
        node,
        done,
        refusal,
        copies,
        ended,
        endedAfterLoad,
        remembersAll,
        loaded,
        life,
        missed,
        missedMillis,
        endedBy,
        history,
        sampled,
        findings,
        List.of(),
        List.of(),
        null,
        List.of());
  }

  private static Answer of(
      String node,
      List<Distribution> distributions,
      List<HotKey> hotKeys,
      @Nullable Counted counted,
      List<CacheTraffic> traffic) {
    return new Answer(
        node,
        "",
        "",
        List.of(),
        null,
        null,
        false,
        null,
        null,
        null,
        0,
        List.of(),
        List.of(),
        0,
        List.of(),
        distributions,
        hotKeys,
        counted,
        traffic);
  }

  static Answer spread(String node, List<Distribution> distributions) {
    return of(node, distributions, List.of(), null, List.of());
  }

  static Answer hot(String node, List<HotKey> keys) {
    return of(node, List.of(), keys, null, List.of());
  }

  static Answer counted(String node, Counted counted) {
    return of(node, List.of(), List.of(), counted, List.of());
  }

  static Answer traffic(String node, List<CacheTraffic> traffic) {
    return of(node, List.of(), List.of(), null, traffic);
  }

  static Answer done(String node, String done) {
    return plain(node, done, "", 0, List.of());
  }

  static Answer refused(String node, String why) {
    return plain(node, "", why, 0, List.of());
  }

  static Answer verified(String node, long sampled, List<Finding> findings) {
    return plain(node, "", "", sampled, findings);
  }

  private static Answer plain(
      String node, String done, String refusal, long sampled, List<Finding> findings) {
    return new Answer(
        node, done, refusal, List.of(), null, null, false, null, null, null, 0, List.of(),
        List.of(), sampled, findings);
  }
}
