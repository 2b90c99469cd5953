package dev.larder.internal.manage;

import dev.larder.internal.advise.Question;
import dev.larder.internal.manage.Ask.CheckedChange;
import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.Loaded;
import dev.larder.manage.Verification.Finding;
import dev.larder.manage.WarmUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Answers questions about this node, its own operator's as well as those of other nodes. */
final class Respondent {

  private static final int MOST_HISTORY = 20;

  /** Records on their way to a node are not counted against it. */
  private static final long SETTLED_MILLIS = 1_000;

  private final LocalView local;
  private final StoreInspection stores;
  private final WarmOrders warming;
  private final TrafficAnswers advising;
  private final ToLongFunction<Change> numberOf;
  private final Predicate<Position> hasReached;

  Respondent(
      LocalView local,
      StoreInspection stores,
      WarmOrders warming,
      ToLongFunction<Change> numberOf,
      Predicate<Position> hasReached) {
    this.local = local;
    this.stores = stores;
    this.warming = warming;
    this.advising = new TrafficAnswers(local);
    this.numberOf = numberOf;
    this.hasReached = hasReached;
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
        CompletableFuture.completedFuture(
            warming.order(local.node(), ask.subject(), WarmUp.Action.valueOf(ask.argument())));
      case "advise" -> CompletableFuture.completedFuture(advising.answer("", null));
      case "simulate" ->
        CompletableFuture.completedFuture(
            advising.answer(ask.subject(), Question.parse(ask.argument())));
      case "verify" -> CompletableFuture.completedFuture(verify(ask.changes()));
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

  private Answer explain(String slot) {
    Journal journal = local.journal();
    CacheInspection cache = cache(slot);
    Copy near = cache == null ? null : cache.near(slot, local.node());
    List<String> tags =
        near == null ? List.of() : near.tags().stream().map(tag -> tag.tag()).toList();
    Set<Target> targets = stores.covering(slot, tags);
    Journal.LoadNote load = journal.lastLoad(slot);
    Journal.MissNote miss = journal.lastMiss(slot);
    Set<String> subjects = new LinkedHashSet<>();
    targets.forEach(target -> subjects.add(Journal.text(target)));
    List<Event> history = journal.of(slot, subjects, MOST_HISTORY);
    Ending ended = journal.lastEnding(targets);
    return new Answer(
        local.node(),
        "",
        "",
        near == null ? List.of() : List.of(near),
        ended,
        load == null ? null : new Loaded(local.node(), load.site(), load.nanos(), load.atMillis()),
        miss == null ? null : miss.why(),
        miss == null ? 0 : miss.atMillis(),
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
              ? "it has no such cache"
              : "the key is not in its L1, or the cache declares no loader"));
    }
    return refreshed.handle((done, failure) -> failure == null
        ? Answer.done(local.node(), "loaded anew on node " + local.node())
        : Answer.refused(local.node(), "the load failed: " + failure));
  }

  private Answer touch(String slot, String millis) {
    CacheInspection cache = cache(slot);
    Boolean touched =
        cache == null ? null : cache.touch(slot, Duration.ofMillis(Long.parseLong(millis)));
    return touched != null && touched
        ? Answer.done(local.node(), "lives " + millis + " ms from now")
        : Answer.refused(local.node(), "the key is not in its L1, or not valid");
  }

  /** Looks whether anything that it would serve is covered by one of the changes. */
  Answer verify(List<CheckedChange> changes) {
    List<Finding> findings = new ArrayList<>();
    long sampled = 0;
    for (CheckedChange checked : changes) {
      if (checked.ageMillis() < SETTLED_MILLIS) {
        continue;
      }
      Change change = Change.decode(checked.change());
      long number = numberOf.applyAsLong(change);
      boolean isForgotten = number < 0
          && (checked.position().isEmpty() || hasReached.test(Position.parse(checked.position())));
      if (isForgotten) {
        // Applied so long ago that its number is not kept; entries older than that are not either.
        continue;
      }
      for (CacheInspection cache : local.caches()) {
        sampled++;
        for (String slot : cache.stale(change.targets(), number)) {
          findings.add(new Finding(
              slot, "L1 of node " + local.node(), "", checked.position(), checked.ageMillis()));
        }
      }
    }
    local.journal().sampled(sampled);
    for (Finding finding : findings) {
      String cache = stores.cacheOf(finding.slot());
      local
          .journal()
          .staleFound(
              cache == null ? "" : cache,
              finding.slot(),
              "in L1 though covered by " + finding.ended(),
              finding.delayMillis() * 1_000_000);
    }
    return new Answer(
        local.node(), "", "", List.of(), null, null, null, 0, List.of(), sampled, findings);
  }
}
