package dev.larder.web.live;

import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The latest changes that concern tags, for streams that come again. Guarded by its callers' lock. */
final class LiveRecords {

  /**
   * A node applies its own changes before those of others that stand before them, so a stream may have
   * seen a later position first. What is repeated does no harm.
   */
  private static final long OVERLAP = 256;

  private final ArrayDeque<Told> kept = new ArrayDeque<>();
  private final int most;
  private @Nullable Position dropped;

  /**
   * What streams are told of one change.
   *
   * @param tags the tags that ended
   * @param isEverything whether everything did
   */
  record Told(@Nullable Position position, Set<String> tags, boolean isEverything) {

    /** Null if it concerns no tag. */
    static @Nullable Told of(Change change, @Nullable Position position) {
      Set<String> tags = new LinkedHashSet<>();
      boolean isEverything = false;
      for (Target target : change.targets()) {
        if (target.kind() == Target.Kind.TAG) {
          tags.add(target.id());
        } else if (target.kind() == Target.Kind.ALL) {
          isEverything = true;
        }
      }
      return tags.isEmpty() && !isEverything ? null : new Told(position, tags, isEverything);
    }
  }

  LiveRecords(int most) {
    this.most = most;
  }

  /** What comes after this position is kept from now on. */
  void begin(Position since) {
    dropped = since;
  }

  /**
   * The log was lost: whoever stands at a position of before cannot be told what came after it.
   *
   * @param since where the log goes on; what comes after that is kept
   */
  void forget(@Nullable Position since) {
    kept.clear();
    dropped = since;
  }

  void add(Told told) {
    kept.add(told);
    if (kept.size() > most) {
      Position position = kept.remove().position();
      dropped = position == null ? dropped : position;
    }
  }

  /**
   * What came after a position, with some of what came before.
   *
   * @return null if it cannot be told whether something is missing
   */
  @Nullable List<Told> after(Position seen) {
    List<Told> missed = new ArrayList<>();
    Position last = dropped;
    boolean isReached =
        last != null && isSameEpoch(last, seen) && seen.sequence() >= last.sequence();
    for (Told told : kept) {
      Position position = told.position();
      if (position == null || !position.log().equals(seen.log())) {
        missed.add(told);
        continue;
      }
      if (position.epoch() != seen.epoch()) {
        return null;
      }
      isReached |= last == null && seen.sequence() >= position.sequence() - 1;
      if (position.sequence() > seen.sequence() - OVERLAP) {
        missed.add(told);
      }
    }
    return isReached ? missed : null;
  }

  private static boolean isSameEpoch(Position one, Position other) {
    return one.log().equals(other.log()) && one.epoch() == other.epoch();
  }
}
