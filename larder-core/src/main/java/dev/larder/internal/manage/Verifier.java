package dev.larder.internal.manage;

import dev.larder.CodecException;
import dev.larder.internal.entry.Envelope;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.manage.Ask.CheckedChange;
import dev.larder.internal.manage.Journal.Applied;
import dev.larder.internal.store.GuardedStore;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.FreshnessCount.Check;
import dev.larder.manage.ManagementException;
import dev.larder.manage.Verification.Finding;
import dev.larder.tier.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Looks at what tiers have of keys that were invalidated lately. Blocks. */
final class Verifier {

  static final int MOST = 100_000;

  /** What one question to other nodes may carry. */
  private static final int MOST_CHANGES = 500;

  private final LocalView local;
  private final StoreInspection stores;

  Verifier(LocalView local, StoreInspection stores) {
    this.local = local;
    this.stores = stores;
  }

  /** What the stores have. */
  record Stores(long sampled, long keys, long unreachable, List<Finding> findings) {}

  /** The newest changes. */
  List<Applied> newest(int sample) {
    return local.journal().changes(sample, any -> true);
  }

  /** The newest changes that this node made and that were applied between two times ago. */
  List<Applied> ownOf(long leastNanos, long mostNanos, int sample) {
    long now = local.time().nanos();
    return local
        .journal()
        .changes(
            sample,
            applied -> applied.change().origin().equals(local.node())
                && now - applied.atNanos() >= leastNanos
                && now - applied.atNanos() < mostNanos);
  }

  /** Changes for nodes to check themselves against. */
  List<CheckedChange> changes(List<Applied> newest) {
    long now = local.time().nanos();
    List<CheckedChange> checked = new ArrayList<>();
    for (Applied applied : newest.subList(0, Math.min(newest.size(), MOST_CHANGES))) {
      checked.add(new CheckedChange(
          applied.change().encode(),
          applied.firstPosition(),
          TimeUnit.NANOSECONDS.toMillis(now - applied.atNanos())));
    }
    return checked;
  }

  /** Reads the slots of keys that were invalidated: none may hold an entry older than that. */
  Stores stores(List<Applied> changes, int sample) {
    long now = local.time().nanos();
    Map<String, Applied> newest = new LinkedHashMap<>();
    for (Applied applied : changes) {
      for (Target target : applied.change().targets()) {
        if (target.kind() == Target.Kind.KEY && newest.size() < sample) {
          newest.putIfAbsent(target.id(), applied);
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    long sampled = 0;
    long unreachable = 0;
    for (GuardedStore store : stores.stores()) {
      // Positions of different logs are not compared, so what has none in this log tells nothing
      // here.
      Map<String, Applied> comparable = new LinkedHashMap<>(newest);
      String log = store.store().log().name();
      comparable.values().removeIf(applied -> applied.in(log) == null);
      if (comparable.isEmpty()) {
        continue;
      }
      try {
        Map<String, Slot> read =
            StoreInspection.ask(store, () -> store.tier().readAll(comparable.keySet()));
        sampled += comparable.size();
        comparable.forEach((slot, applied) -> {
          long agoMillis = TimeUnit.NANOSECONDS.toMillis(now - applied.atNanos());
          local.journal().sampled(Check.after(agoMillis), 1);
          Position ended = applied.in(log);
          if (read.get(slot) instanceof Slot.Filled filled && ended != null) {
            check(store, slot, filled, ended, agoMillis, findings);
          }
        });
      } catch (ManagementException silent) {
        unreachable += comparable.size();
      }
    }
    for (Finding finding : findings) {
      local
          .journal()
          .staleFound(
              Check.after(finding.delayMillis()),
              "",
              finding.slot(),
              finding.where() + " holds an entry as of " + finding.asOf() + ", covered by "
                  + finding.ended(),
              TimeUnit.MILLISECONDS.toNanos(finding.delayMillis()));
    }
    return new Stores(sampled, newest.size(), unreachable, findings);
  }

  private static void check(
      GuardedStore store,
      String slot,
      Slot.Filled filled,
      Position ended,
      long agoMillis,
      List<Finding> findings) {
    Sealed sealed;
    try {
      sealed = Envelope.open(slot, filled.body());
    } catch (CodecException foreign) {
      return;
    }
    if (sealed.epoch() == ended.epoch() && sealed.keyAsOf() < ended.sequence()) {
      findings.add(new Finding(
          slot,
          store.place() + " " + store.store().name(),
          store.store().log().name() + ":" + sealed.epoch() + "-" + sealed.keyAsOf(),
          ended.toString(),
          agoMillis));
    }
  }
}
