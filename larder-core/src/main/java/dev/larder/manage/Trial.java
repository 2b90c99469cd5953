package dev.larder.manage;

import java.util.List;

/**
 * A trial of ttls on one cache: some of its keys have another ttl than the policy's, and it is counted what
 * becomes of the reads of each arm. A key is of the same arm on every node, from the beginning to the end.
 *
 * <p>Nothing is counted before {@link #countsFromMillis}: till then entries are read that were made before
 * the trial began, and say nothing of its ttls.
 *
 * @param cache name
 * @param id of this trial; empty for one that is only proposed
 * @param by who started it
 * @param startedMillis when
 * @param countsFromMillis from when on reads and loads are counted
 * @param untilMillis when it ends by itself, or has ended
 * @param state how far it is
 * @param nodes how many nodes have told what they counted; those that have gone since are among them
 * @param notes what an operator should know, in sentences
 * @param arms the policy's ttl first, then the others
 */
public record Trial(
    String cache,
    String id,
    String by,
    long startedMillis,
    long countsFromMillis,
    long untilMillis,
    State state,
    int nodes,
    List<String> notes,
    List<Arm> arms) {

  /** Copies. */
  public Trial {
    notes = List.copyOf(notes);
    arms = List.copyOf(arms);
  }

  /** How far a trial is. */
  public enum State {
    /** It is what a plan comes to, and has not been started. */
    PROPOSED,
    /** Keys have their ttls; nothing is counted yet. */
    WARMING_UP,
    /** It runs, and counts. */
    COUNTING,
    /** It is over: all keys have the policy's ttl. */
    ENDED
  }

  /** What the hit rate of an arm says beside that of the policy's ttl. */
  public enum Verdict {
    /** It is the arm with the policy's ttl. */
    CONTROL,
    /** There are too few reads or keys to say anything. */
    TOO_FEW,
    /** The difference may well be chance. */
    NO_DIFFERENCE,
    /** More hits than chance would explain. */
    MORE_HITS,
    /** Fewer hits than chance would explain. */
    FEWER_HITS
  }

  /**
   * What the keys with one ttl came to. Rates are 0 to 1.
   *
   * @param name {@code control} for the policy's ttl, else a letter
   * @param ttlMillis its ttl
   * @param share percentage of the keys
   * @param reads lookups
   * @param hits those that a tier answered
   * @param hitRate what the hit rate of the whole cache would be with its ttl, estimated from its keys; 0
   *     without any read. Its own hits per read depend more on which keys it happens to have
   * @param loads readings of the source that succeeded
   * @param loadFailures those that failed
   * @param loadNanos time that both took
   * @param meanAgeMillis mean age of entries when they were hit, since their load; -1 if none was
   * @param p95AgeMillis the age that 95 % of hits do not exceed, up to 25 % too high; -1 if none was
   * @param l1Entries entries in the L1 of all nodes; -1 where there are too many to count
   * @param difference of {@code hitRate} from that of the control
   * @param differenceFrom lower end of the 95 % interval of the difference
   * @param differenceTo its upper end
   * @param verdict what that says
   * @param sentence the same in words; empty for the control
   */
  public record Arm(
      String name,
      long ttlMillis,
      int share,
      long reads,
      long hits,
      double hitRate,
      long loads,
      long loadFailures,
      long loadNanos,
      long meanAgeMillis,
      long p95AgeMillis,
      long l1Entries,
      double difference,
      double differenceFrom,
      double differenceTo,
      Verdict verdict,
      String sentence) {}
}
