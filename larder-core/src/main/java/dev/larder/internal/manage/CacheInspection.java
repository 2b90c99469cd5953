package dev.larder.internal.manage;

import dev.larder.codec.CodecProvider;
import dev.larder.internal.advise.CacheTraffic;
import dev.larder.internal.advise.Question;
import dev.larder.internal.trial.TrialOrder;
import dev.larder.internal.trial.TrialTally;
import dev.larder.log.Target;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.NodeView.CacheView;
import dev.larder.stats.CacheStats.HotKey;
import dev.larder.stats.Distribution;
import dev.larder.stats.Distribution.Measure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What operators may ask of one cache in this process. */
public interface CacheInspection {

  /** Why a node cannot do what it needs the key in L1 for. */
  String NOT_NEAR = "the key is not in its L1";

  /** Its name. */
  String name();

  /** What its slot keys begin with, as {@link Target#cache} has it. */
  String stem();

  /** Whether a sweep over all caches leaves it alone. */
  boolean isProtected();

  /** Whether it keeps entries below L1. */
  boolean isShared();

  /** How it is configured and what it has done. */
  CacheView view(int percent);

  /** How what it measures is spread. */
  List<Distribution> distributions(Set<Measure> measures);

  /**
   * The keys that are asked for most here, most first, as the codec of the key's type writes them, in
   * base 64. None where keys are hashed, since nobody is to read them, or have no such form.
   */
  List<HotKey> hotKeys(CodecProvider codecs, int most);

  /**
   * What a sample of its traffic says.
   *
   * @param question other terms to replay it with; null for those that an adviser weighs
   */
  CacheTraffic traffic(@Nullable Question question);

  /**
   * Follows a trial of ttls, or none.
   *
   * @param order null for none
   * @param nowMillis the time that the order's times are of
   * @return whether one began or ended here
   */
  boolean follow(@Nullable TrialOrder order, long nowMillis);

  /** What it has counted of a trial; null if it has not followed that, or another since. */
  @Nullable TrialTally tally(String id, long nowMillis);

  /** Its lookups since it was made. */
  Answered answered();

  /** The key in L1; null if this cache has no L1. */
  @Nullable Copy near(String slot, String node);

  /** Whether the key has an entry in L1, valid or not. */
  boolean isInL1(String slot);

  /** Slot keys in L1 that contain a text. */
  List<String> slots(String contains, int limit);

  /** Slot keys of entries in L1 that carry one of the tags. */
  List<String> tagged(Set<String> tags);

  /**
   * Looks at the entries in L1 that a change covers, and finds those that would be served all the same.
   *
   * @param targets what the change covers
   */
  Covered covered(List<Target> targets, Standing standing);

  /** Entries in L1 that were found unlike the source though nothing ended them, and are served still. */
  List<Differing> differing();

  /**
   * How a change stands to what a node has in L1.
   *
   * @param number entries as of an earlier local number are covered; -1 if this node does not know
   * @param isMet whether this node has met the change itself
   * @param ageNanos since the change, at least
   * @param madeBefore without a number, only entries that were made before this time are covered, in
   *     nanoseconds of this node
   */
  record Standing(long number, boolean isMet, long ageNanos, long madeBefore) {}

  /**
   * An entry that the source has another value for.
   *
   * @param sinceNanos since that was found
   */
  record Differing(String slot, long sinceNanos) {}

  /**
   * What L1 has of what a change covers.
   *
   * @param looked entries that carry one of its targets; those that were loaded since count too
   * @param stale slot keys of those that would be served though older than the change
   */
  record Covered(long looked, List<String> stale) {}

  /** Loads a key of L1 anew by the policy's loader; null if it cannot. */
  @Nullable CompletionStage<Boolean> refresh(String slot);

  /** Lets an entry of L1 live on; empty if it does now, else why not. */
  String touch(String slot, Duration ttl);
}
