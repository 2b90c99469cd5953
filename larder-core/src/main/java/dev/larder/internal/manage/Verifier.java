package dev.larder.internal.manage;

import dev.larder.CodecException;
import dev.larder.internal.entry.Envelope;
import dev.larder.internal.entry.Sealed;
import dev.larder.internal.manage.AppliedChanges.Applied;
import dev.larder.internal.manage.Ask.CheckedChange;
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

  /** Records on their way to a node are not counted against it. */
  static final long SETTLED_MILLIS = 1_000;

  /** Argument of a question that wants the hits that differ from the source, too. */
  static final String WITH_HITS = "hits";

  /** What one question to other nodes may carry: a note on the board, which each of them reads. */
  private static final int MOST_CHARACTERS = 100_000;

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
    return local.journal().changes().newest(sample, any -> true);
  }

  /** The newest changes that this node made and that were applied between two times ago. */
  List<Applied> ownOf(long leastNanos, long mostNanos, int sample) {
    long now = local.time().nanos();
    return local
        .journal()
        .changes()
        .newest(
            sample,
            applied -> applied.change().origin().equals(local.node())
                && now - applied.atNanos() >= leastNanos
                && now - applied.atNanos() < mostNanos);
  }

  /** Questions to all nodes whether they would serve what these changes cover; at least one. */
  List<Ask> asks(List<Applied> newest, String argument) {
    long now = local.time().nanos();
    List<Ask> asks = new ArrayList<>();
    List<CheckedChange> checked = new ArrayList<>();
    int characters = 0;
    for (Applied applied : newest) {
      String change = applied.change().encode();
      if (characters > 0 && characters + change.length() > MOST_CHARACTERS) {
        asks.add(ask(asks.isEmpty() ? argument : "", checked));
        checked = new ArrayList<>();
        characters = 0;
      }
      characters += change.length();
      checked.add(new CheckedChange(
          change, applied.firstPosition(), TimeUnit.NANOSECONDS.toMillis(now - applied.atNanos())));
    }
    if (asks.isEmpty() || !checked.isEmpty()) {
      asks.add(ask(asks.isEmpty() ? argument : "", checked));
    }
    return asks;
  }

  private static Ask ask(String argument, List<CheckedChange> checked) {
    return new Ask(LocalManagement.newId(), "", "verify", "", argument, checked);
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
