package dev.larder.manage;

import java.util.List;

/**
 * The trials of ttls of a larder: one cache has one at a time. A trial changes how long entries live and
 * nothing else: invalidations end entries of all arms alike, and a shorter ttl that a {@link
 * dev.larder.Loading#ttl load} asks for counts in all of them.
 *
 * <p>Calls block for a few round trips. Safe for many threads.
 */
public interface Trials {

  /**
   * The trials that run, and of each cache without one the last that ended in the past 30 days, by name
   * of the cache.
   */
  List<Trial> all();

  /**
   * What a plan comes to; changes nothing.
   *
   * @throws ManagementException as {@link #start} does
   */
  Trial preview(TrialPlan plan);

  /**
   * Starts a trial on all nodes, also on those that start later.
   *
   * @param who who asked, for the record
   * @throws ManagementException if the plan is out of range; no node has the cache; it has a trial
   *     already, is protected, or takes its ttls from its values; nodes have different ttls for it; or no
   *     store answers
   */
  Outcome start(TrialPlan plan, String who);

  /**
   * Ends a trial. All keys have the policy's ttl from now on; entries that were made keep theirs.
   *
   * @throws ManagementException if the cache has none that runs, or no store answers
   */
  Outcome end(String cache, String who);
}
