package dev.larder.warm;

import dev.larder.Cache;
import dev.larder.manage.WarmUp;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * The warm-ups of a larder.
 *
 * <p>A plan runs on one node at a time. The node that runs it holds a placeholder in the nearest shared
 * tier, for 15 seconds that it keeps extending; the placeholder of a node that died runs out, and one of
 * the others goes on with what is missing. Without a shared tier each process warms itself. While the
 * tier does not answer nothing is begun, and a run that can't extend its placeholder waits.
 *
 * <p>Methods return at once and are safe for many threads. Those that take a name throw {@link
 * IllegalArgumentException} if no plan has it. Nothing here is on the path of a lookup.
 */
public interface Warming {

  /**
   * Makes a plan known, sets its timer, and begins it if it runs at the start.
   *
   * @throws dev.larder.ConfigurationException if there is one of this name already
   */
  void declare(WarmPlan<?, ?> plan);

  /**
   * Begins to guess what a cache will be asked for, on this node. Its figures are one of {@link #status},
   * by the name {@code predict-} and the cache's: {@code total} guesses, of which {@code done} came
   * true; {@code PAUSED} while too few do. It can be paused and resumed, and no more.
   *
   * @throws dev.larder.ConfigurationException if the cache has one already
   */
  void predict(Prediction<?, ?> prediction);

  /** The plans by name, and how the last run of each went on this node. */
  List<WarmUp> status();

  /** One plan, and how its last run went on this node. */
  WarmUp status(String name);

  /** Runs a plan from the beginning. If it runs here already, that run is returned. */
  default WarmRun start(String name) {
    return start(name, WarmUp.Limits.AS_DECLARED);
  }

  /**
   * As {@link #start(String)}, asking less of the source. A run that is returned because it runs here
   * already keeps its own limits.
   *
   * @throws IllegalArgumentException if a limit is above what the plan declares
   */
  WarmRun start(String name, WarmUp.Limits limits);

  /**
   * Runs a plan for an argument, such as a user's id. Runs of one plan follow one another, at most
   * 1,000 wait; for an argument that waits or runs already, that run is returned.
   *
   * @throws IllegalArgumentException if the plan takes none, or one of another type
   */
  WarmRun run(String name, Object argument);

  /**
   * Loads again what failed in the last run on this node: the first 10,000 keys of it. If the plan
   * runs, that run is returned.
   */
  default WarmRun rerunFailed(String name) {
    return rerunFailed(name, WarmUp.Limits.AS_DECLARED);
  }

  /** As {@link #rerunFailed(String)}, with limits as for {@link #start(String, WarmUp.Limits)}. */
  WarmRun rerunFailed(String name, WarmUp.Limits limits);

  /** Holds a run of this node after the loads under way. False if none runs. */
  boolean pause(String name);

  /** Goes on. False if none is paused. */
  default boolean resume(String name) {
    return resume(name, WarmUp.Limits.AS_DECLARED);
  }

  /**
   * Goes on with another rate or other concurrency; a part of 0 stays as it was.
   *
   * @throws IllegalArgumentException if a limit is above what the plan declares, or a number of keys is
   *     given: that is set when a run begins
   */
  boolean resume(String name, WarmUp.Limits limits);

  /** Ends a run of this node after the loads under way, and those that wait. False if there is none. */
  boolean cancel(String name);

  /**
   * The keys of a cache that all nodes are asked for most, by their samples, most first: who wants to
   * know which users are active asks for the hot keys of a cache that has one entry for each. Where few
   * are asked for often, keys that were asked for once are among them. Asks the
   * other nodes and waits up to three seconds for their answers. None where keys are hashed, or their
   * type has no codec.
   *
   * @param most how many at most, 1 to 1,000; a node remembers 128 for each cache
   */
  <K> List<K> hotKeys(Cache<K, ?> cache, int most);

  /**
   * For every cache with L1 and a shared tier, what brings the keys that all nodes are asked for most into
   * this node's L1: from a shared tier, or by the loader of the policy where it has one. Made for {@link
   * WarmPlan#ofCalls}, so that a node that starts has what its peers find hot. Asks the other nodes once
   * for each cache, as the stream is read.
   *
   * @param most how many keys of each cache at most, 1 to 1,000
   */
  Stream<Callable<?>> hottest(int most);

  /** Whether {@link #ready} is complete. */
  boolean isReady();

  /**
   * Completes when every plan declared so far that holds up readiness has loaded its share, or can't:
   * when its run has ended all the same, the shared tier does not answer, or its time is over.
   */
  CompletionStage<Void> ready();
}
