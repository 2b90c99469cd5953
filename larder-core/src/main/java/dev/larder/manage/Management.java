package dev.larder.manage;

import dev.larder.stats.Distribution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and steers a larder, from any of its nodes, or from its stores alone where no application runs.
 *
 * <p>Calls block for a few round trips; those that ask the other nodes wait up to {@link #ASK_LIMIT} for
 * their answers and say who gave none. Safe for many threads. Nothing here is on the path of a lookup.
 */
public interface Management {

  /** Longest time that the other nodes are waited for. */
  Duration ASK_LIMIT = Duration.ofSeconds(3);

  /** The nodes, caches and tiers now. One round trip to the nearest store that answers. */
  Overview overview();

  /**
   * Keys that are stored, in no order. Costs the store one pass over its keys, in small steps.
   *
   * @throws ManagementException if the cache is unknown or no tier answers
   */
  KeyPage keys(KeyQuery query);

  /**
   * All that is known of one key: per tier and node its state, who loaded it, what ended it last.
   *
   * @param slot the full slot key, as {@link #keys} gives it
   */
  Explanation explain(String slot);

  /**
   * The stored value as text, JSON where the codec writes that. Empty if no shared tier has the key.
   *
   * @throws ManagementException if it is encrypted or no tier answers
   */
  Optional<StoredValue> value(String slot);

  /**
   * How many entries an aim covers now; changes nothing. A count over stored entries is a pass over the
   * keys that the aim can cover.
   *
   * @throws ManagementException if a cache is named, or begins a key or a prefix, that no node has; where
   *     no node can be seen, or not all, nobody knows
   */
  Preview preview(Aim aim);

  /**
   * Invalidates what the aim covers, on every node.
   *
   * @param who who asked, for the record
   */
  Outcome invalidate(Aim aim, String who);

  /**
   * Loads a key anew on a node that knows how to: where it is in L1 and its cache has a declared loader.
   *
   * @throws ManagementException if no node does, with the reason
   */
  Outcome refresh(String slot, String who);

  /** Lets an entry live {@code ttl} from now, on every tier. */
  Outcome touch(String slot, Duration ttl, String who);

  /**
   * Sets a switch on all nodes, also those that start later.
   *
   * @param cache name of the cache; empty for all caches at once
   * @param percent share of the keys that are cached, 0 to 100
   */
  Outcome turn(String cache, int percent, String who);

  /**
   * How the times, ages and sizes of one cache are spread, over all nodes that answer; one for each
   * measure.
   *
   * @throws ManagementException if the cache is unknown
   */
  List<Distribution> distributions(String cache);

  /**
   * What has happened, newest last. Where more is kept than asked for, loads, misses and invalidations
   * give way to what happens seldom.
   *
   * @param after only events with a greater id; 0 for all that are kept
   */
  List<Event> events(long after, int limit);

  /** Calls back for each event from now on, until closed. Callbacks must hand over and return. */
  Subscription listen(Consumer<Event> listener);

  /** Asks the tiers and every node again for a sample of recently invalidated and recently hit keys. */
  Verification verify(int sample);

  /**
   * What could be better, per cache, most useful first, and what was seen of each. Asks every node what it
   * has seen of its traffic, and waits up to {@link #ASK_LIMIT}; of those that give no answer it knows the
   * counters alone.
   */
  AdviceReport adviceReport();

  /** The advice of {@link #adviceReport}. */
  default List<Advice> advise() {
    return adviceReport().advice();
  }

  /**
   * What another ttl or another size of L1 would do: every node replays the traffic that it has sampled.
   * Changes nothing. Waits up to {@link #ASK_LIMIT} for the other nodes.
   *
   * @param ttl from a sixteenth of the present one to 366 days; null to leave it
   * @param l1MaxEntries 1 or more; null to leave it
   * @throws ManagementException if there is no such cache, nothing is to be changed, a setting is out of
   *     range, or the room of L1 is not counted in entries
   */
  Simulation simulate(String cache, @Nullable Duration ttl, @Nullable Long l1MaxEntries);

  /** Trials of other ttls on a share of a cache's keys. */
  Trials trials();

  /** The declared warm-ups and how their last runs went, over all nodes. */
  List<WarmUp> warmUps();

  /** Starts, pauses, resumes, cancels a warm-up or runs its failures again, as its plan declares. */
  default Outcome warm(String name, WarmUp.Action action, String who) {
    return warm(name, action, WarmUp.Limits.AS_DECLARED, who);
  }

  /**
   * Starts, pauses, resumes, cancels a warm-up or runs its failures again.
   *
   * @param limits of the run that starts or goes on; a run that goes on keeps its number of keys
   * @throws ManagementException if limits are above what the plan declares, are given to an order that
   *     runs nothing, or to a start while a run is under way
   */
  Outcome warm(String name, WarmUp.Action action, WarmUp.Limits limits, String who);

  /** What the nodes did for HTTP requests: caches of responses by route, use of caches by endpoint. */
  RouteReport routes();

  /** What the nodes did with HTTP sessions. Each node may ask their store for one bounded count. */
  SessionReport sessions();

  /** Ends a subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
