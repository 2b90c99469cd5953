package dev.larder.internal.manage;

import dev.larder.internal.advise.CacheTraffic;
import dev.larder.internal.advise.Question;
import dev.larder.log.Target;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.NodeView.CacheView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What operators may ask of one cache in this process. */
public interface CacheInspection {

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

  /**
   * What a sample of its traffic says.
   *
   * @param question other terms to replay it with; null for those that an adviser weighs
   */
  CacheTraffic traffic(@Nullable Question question);

  /** The key in L1; null if this cache has no L1. */
  @Nullable Copy near(String slot, String node);

  /** Slot keys in L1 that contain a text. */
  List<String> slots(String contains, int limit);

  /**
   * Slot keys of entries in L1 that would be served now although a change covers them.
   *
   * @param targets what the change covers
   * @param number its local number; -1 if this node has not applied it, though others have
   */
  List<String> stale(List<Target> targets, long number);

  /** Loads a key of L1 anew by the policy's loader; null if it cannot. */
  @Nullable CompletionStage<Boolean> refresh(String slot);

  /** Lets an entry of L1 live on; null if it is not there. */
  @Nullable Boolean touch(String slot, Duration ttl);
}
