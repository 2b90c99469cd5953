package dev.larder.manage;

import java.util.List;

/**
 * A declared warm-up and its last run.
 *
 * @param name its name
 * @param schedule when it runs by itself, for people; empty if only when asked
 * @param state of the last run
 * @param node where that ran; empty if it never did
 * @param total keys to load; -1 while not known
 * @param done keys that are there now: loaded or found
 * @param found those that were there already
 * @param failed keys whose load failed
 * @param perSecond loads per second
 * @param startedMillis when the run began; 0 if never
 * @param endedMillis when it ended; 0 while it runs
 * @param failures the last failures, key and reason
 */
public record WarmUp(
    String name,
    String schedule,
    State state,
    String node,
    long total,
    long done,
    long found,
    long failed,
    double perSecond,
    long startedMillis,
    long endedMillis,
    List<String> failures) {

  /** How a run stands. */
  public enum State {
    /** It never ran. */
    IDLE,
    /** It runs. */
    RUNNING,
    /** It was paused and can be resumed. */
    PAUSED,
    /** It ended; some keys may have failed. */
    DONE,
    /** It was cancelled. */
    CANCELLED,
    /** It could not go on. */
    FAILED
  }

  /** What can be asked of a warm-up. */
  public enum Action {
    /** Run from the beginning; what is cached already is not loaded again. */
    START,
    /** Hold after the loads under way. */
    PAUSE,
    /** Go on. */
    RESUME,
    /** End after the loads under way. */
    CANCEL,
    /** Load again what failed in the last run. */
    RERUN_FAILED
  }
}
