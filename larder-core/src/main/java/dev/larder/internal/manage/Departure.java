package dev.larder.internal.manage;

import dev.larder.internal.manage.KeyNotes.Life;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.Gone;
import dev.larder.manage.Explanation.Loaded;
import dev.larder.manage.Explanation.State;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of an entry that no tier has any more. Pure. */
final class Departure {

  private static final Set<State> NOTHING_THERE =
      EnumSet.of(State.ABSENT, State.UNREADABLE, State.UNREACHABLE);

  private Departure() {}

  /**
   * Finds out.
   *
   * @param life of the last entry that any node made; null if none remembers one
   * @param first the first invalidation since the load, as far as who loaded it remembers
   * @param remembersAll whether who loaded it remembers all changes since the load
   * @param last the last that covered it, as far as anybody knows
   * @param policy of the cache, for people; empty if no node tells
   * @return null if a tier has something of the key, or if nobody knows of a load that succeeded
   */
  static @Nullable Gone of(
      List<Copy> copies,
      @Nullable Loaded loaded,
      @Nullable Life life,
      @Nullable Ending first,
      boolean remembersAll,
      @Nullable Ending last,
      Map<String, String> policy,
      long nowMillis) {
    boolean isAbsent = copies.stream().allMatch(copy -> NOTHING_THERE.contains(copy.state()));
    String written = policy.get("ttl");
    if (!isAbsent || loaded == null || !loaded.failure().isEmpty() || written == null) {
      return null;
    }
    // What was loaded and not stored left the entry before it as it was.
    Life own = life == null || life.atMillis() < loaded.atMillis() ? null : life;
    // Where the value says how long it lives, only those who have it know.
    long ttl = own != null || policy.containsKey("ttl-from")
        ? 0
        : Duration.parse(written).toMillis();
    long end = own != null ? own.endMillis() : ttl == 0 ? Long.MAX_VALUE : loaded.atMillis() + ttl;
    // What came after the first ended nothing: the entry was gone.
    Ending ended = first == null ? last : first;
    // What came first may be forgotten: then a later one is no time of its end.
    if (remembersAll
        && ended != null
        && ended.atMillis() >= loaded.atMillis()
        && ended.atMillis() <= end) {
      return new Gone(Gone.How.INVALIDATED, ended.atMillis(), 0);
    }
    if (end <= nowMillis) {
      return new Gone(remembersAll ? Gone.How.RAN_OUT : Gone.How.RAN_OUT_OR_INVALIDATED, end, ttl);
    }
    return end == Long.MAX_VALUE || !remembersAll ? null : new Gone(Gone.How.DROPPED, 0, 0);
  }
}
