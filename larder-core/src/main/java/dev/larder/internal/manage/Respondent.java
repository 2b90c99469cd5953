package dev.larder.internal.manage;

import dev.larder.codec.CodecProvider;
import dev.larder.internal.advise.Question;
import dev.larder.internal.advise.Words;
import dev.larder.internal.manage.Ask.CheckedChange;
import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.FreshnessCount.Check;
import dev.larder.manage.Verification.Finding;
import dev.larder.manage.WarmUp;
import dev.larder.stats.Distribution.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers questions about this node, its own operator's as well as those of other nodes. */
final class Respondent {

  private static final int MOST_HISTORY = 20;
  private static final String NO_CACHE = "it has no such cache";

  private final LocalView local;
  private final StoreInspection stores;
  private final WarmOrders warming;
  private final ModuleReports modules;
  private final TrafficAnswers advising;
  private final LocalManagement.Parts parts;
  private final @Nullable CodecProvider codecs;

  Respondent(
      LocalView local,
      StoreInspection stores,
      WarmOrders warming,
      ModuleReports modules,
      LocalManagement.Parts parts) {
    this.local = local;
    this.stores = stores;
    this.warming = warming;
    this.modules = modules;
    this.advising = new TrafficAnswers(local);
    this.parts = parts;
    this.codecs = parts.codecs();
  }

  CompletionStage<Answer> answer(Ask ask) {
    try {
      return carryOut(ask);
    } catch (RuntimeException refused) {
      return CompletableFuture.completedFuture(
          Answer.refused(local.node(), String.valueOf(refused.getMessage())));
    }
  }

  private CompletionStage<Answer> carryOut(Ask ask) {
    return switch (ask.kind()) {
      case "explain" -> CompletableFuture.completedFuture(explain(ask.subject()));
      case "refresh" -> refresh(ask.subject());
      case "touch" -> CompletableFuture.completedFuture(touch(ask.subject(), ask.argument()));
      case "warm" ->
        warming.order(
            local.node(),
            ask.subject(),
            WarmUp.Action.valueOf(ask.argument()),
            WarmUp.Limits.AS_DECLARED);
      case WarmOrders.LIMITED -> warming.limited(local.node(), ask.subject(), ask.argument());
      case "distributions" -> CompletableFuture.completedFuture(distributions(ask.subject()));
      case "hot" ->
        CompletableFuture.completedFuture(hot(ask.subject(), Integer.parseInt(ask.argument())));
      case ModuleReports.ROUTES, ModuleReports.SESSIONS -> modules.answer(ask.kind());
      case "advise" -> CompletableFuture.completedFuture(advising.answer("", null));
      case "simulate" ->
        CompletableFuture.completedFuture(
            advising.answer(ask.subject(), Question.parse(ask.argument())));
      case "verify" ->
        CompletableFuture.completedFuture(
            verify(ask.changes(), ask.argument().equals(Verifier.WITH_HITS)));
      default ->
        CompletableFuture.completedFuture(
            Answer.refused(local.node(), "a question of another version: " + ask.kind()));
    };
  }

  private @Nullable CacheInspection cache(String slot) {
    String name = stores.cacheOf(slot);
    for (CacheInspection cache : local.caches()) {
      if (cache.name().equals(name)) {
        return cache;
      }
    }
    return null;
  }

  private Answer hot(String name, int most) {
    CodecProvider forKeys = codecs;
    return Answer.hot(
        local.node(),
        forKeys == null
            ? List.of()
            : local.caches().stream()
                .filter(cache -> cache.name().equals(name))
                .flatMap(cache -> cache.hotKeys(forKeys, most).stream())
                .toList());
  }

  private Answer distributions(String name) {
    return Answer.spread(
        local.node(),
        local.caches().stream()
            .filter(cache -> cache.name().equals(name))
            .flatMap(cache -> cache.distributions(EnumSet.allOf(Measure.class)).stream())
            .toList());
  }

  private Answer explain(String slot) {
    Journal journal = local.journal();
    CacheInspection cache = cache(slot);
    Copy near = cache == null ? null : cache.near(slot, local.node());
    List<String> tags =
        near == null ? List.of() : near.tags().stream().map(tag -> tag.tag()).toList();
    if (tags.isEmpty()) {
      tags = journal.keys().lastTags(slot);
    }
    Set<Target> targets = stores.covering(slot, tags);
    KeyNotes.LoadNote load = journal.keys().lastLoad(slot);
    KeyNotes.MissNote miss = journal.keys().lastMiss(slot);
    List<Event> history = new ArrayList<>(journal.of(slot, MOST_HISTORY));
    if (miss != null) {
      history.add(miss.on(local.node(), slot));
    }
    history.addAll(journal.changes().history(targets, MOST_HISTORY));
    Ending ended = journal.changes().lastEnding(targets);
    return new Answer(
        local.node(),
        "",
        "",
        near == null ? List.of() : List.of(near),
        ended,
        load == null ? null : journal.changes().firstEnding(targets, load.atMillis()),
        load != null && journal.changes().remembers(load.atMillis()),
        load == null ? null : load.on(local.node()),
        journal.keys().lastLife(slot),
        miss == null ? null : miss.why(),
        miss == null ? 0 : miss.atMillis(),
        journal.changes().endedBy(targets),
        history,
        0,
        List.of());
  }

  private CompletionStage<Answer> refresh(String slot) {
    CacheInspection cache = cache(slot);
    CompletionStage<Boolean> refreshed = cache == null ? null : cache.refresh(slot);
    if (refreshed == null) {
      return CompletableFuture.completedFuture(Answer.refused(
          local.node(),
          cache == null
              ? NO_CACHE
              : cache.isInL1(slot)
                  ? "its cache declares no loader (CachePolicyBuilder.loader), so only a visitor's"
                      + " call knows how to load it"
                  : CacheInspection.NOT_NEAR));
    }
    return refreshed.handle((done, failure) -> failure == null
        ? Answer.done(local.node(), "loaded anew on node " + local.node())
        : Answer.refused(local.node(), "the load failed: " + failure));
  }

  private Answer touch(String slot, String millis) {
    CacheInspection cache = cache(slot);
    String obstacle =
        cache == null ? NO_CACHE : cache.touch(slot, Duration.ofMillis(Long.parseLong(millis)));
    return obstacle.isEmpty()
        ? Answer.done(local.node(), "lives " + Words.time(Long.parseLong(millis)) + " from now")
        : Answer.refused(local.node(), obstacle);
  }

  /**
   * How a change stands to what is here. One that was not met, or so long ago that its number is not
   * kept, must still have ended what is as of places before its own.
   */
  private CacheInspection.Standing standing(Change change, CheckedChange checked) {
    long number = parts.numberOf().applyAsLong(change);
    boolean isMet = number >= 0;
    if (!isMet && !checked.position().isEmpty()) {
      number = parts.numberBehind().applyAsLong(Position.parse(checked.position()));
    }
    long ageNanos = TimeUnit.MILLISECONDS.toNanos(checked.ageMillis());
    // Without a place only time tells. The question may have been on its way for its whole life.
    // Who asks may have heard of the change later than it was made; clocks that are apart make the
    // age too long at worst for this, or as short as it is known to be.
    long most = Math.max(
        ageNanos, TimeUnit.MILLISECONDS.toNanos(local.time().millis() - change.atMillis()));
    long madeBefore = local.time().nanos() - most - Bulletin.ASK_LIFE.toNanos();
    return new CacheInspection.Standing(number, isMet, ageNanos, madeBefore);
  }

  /**
   * Looks whether anything that it would serve is covered by one of the changes, newest first.
   *
   * @param withHits whether to tell of hits that differ from the source, too
   */
  private Answer verify(List<CheckedChange> changes, boolean withHits) {
    Map<String, Finding> stale = new LinkedHashMap<>();
    long sampled = 0;
    for (CheckedChange checked : changes) {
      if (checked.ageMillis() < Verifier.SETTLED_MILLIS) {
        continue;
      }
      Change change = Change.decode(checked.change());
      Check check = Check.after(checked.ageMillis());
      CacheInspection.Standing standing = standing(change, checked);
      for (CacheInspection cache : local.caches()) {
        CacheInspection.Covered covered = cache.covered(change.targets(), standing);
        sampled += covered.looked();
        local.journal().sampled(check, covered.looked());
        for (String slot : covered.stale()) {
          // It is one copy, and stale since the first of those that cover it.
          stale.put(
              slot,
              new Finding(
                  slot, "L1 of node " + local.node(), "", checked.position(), checked.ageMillis()));
        }
      }
    }
    for (Finding finding : stale.values()) {
      String cache = stores.cacheOf(finding.slot());
      local
          .journal()
          .staleFound(
              Check.after(finding.delayMillis()),
              cache == null ? "" : cache,
              finding.slot(),
              "in L1 though covered by " + finding.ended(),
              finding.delayMillis() * 1_000_000);
    }
    List<Finding> findings = new ArrayList<>(stale.values());
    if (withHits) {
      List<Finding> hits = differing();
      sampled += hits.size();
      findings.addAll(hits);
    }
    return Answer.verified(local.node(), sampled, findings);
  }

  /** What hits were found to differ in, which was told when it was found, and is served still. */
  private List<Finding> differing() {
    List<Finding> findings = new ArrayList<>();
    for (CacheInspection cache : local.caches()) {
      for (CacheInspection.Differing each : cache.differing()) {
        findings.add(new Finding(
            each.slot(),
            "L1 of node " + local.node() + ", unlike the source",
            "",
            "",
            TimeUnit.NANOSECONDS.toMillis(each.sinceNanos())));
      }
    }
    return findings;
  }
}
