package dev.larder.internal.manage;

import dev.larder.Acknowledgement;
import dev.larder.internal.manage.LocalManagement.Parts;
import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Aim;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.State;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.Outcome;
import dev.larder.manage.SwitchOrder;
import dev.larder.manage.WarmUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what operators order, and writes down who did. Blocks. */
final class Orders {

  private static final Logger audit = LoggerFactory.getLogger("dev.larder.audit");

  private final LocalManagement management;
  private final Parts parts;
  private final LocalView local;
  private final StoreInspection stores;
  private final WarmOrders warming;
  private final @Nullable Bulletin bulletin;

  Orders(
      LocalManagement management,
      Parts parts,
      StoreInspection stores,
      WarmOrders warming,
      @Nullable Bulletin bulletin) {
    this.management = management;
    this.parts = parts;
    this.local = parts.local();
    this.stores = stores;
    this.warming = warming;
    this.bulletin = bulletin;
  }

  Outcome invalidate(Aim aim, String who) {
    Map<String, Boolean> isProtected = management.protection();
    List<Target> targets = new ArrayList<>();
    switch (aim.kind()) {
      case KEY -> aim.names().forEach(slot -> targets.add(Target.key(stores.ours(slot))));
      case TAG -> aim.names().forEach(tag -> targets.add(Target.tag(tag)));
      case PREFIX -> aim.names().forEach(prefix -> targets.add(stores.prefix(prefix)));
      case CACHE -> {
        aim.names().forEach(cache -> KeyCount.requireKnown(cache, isProtected.keySet()));
        aim.names().forEach(cache -> targets.add(Target.cache(stores.stem(cache))));
      }
      case ALL -> {
        // Never by the record that ends everything: a cache that is protected and not seen would go
        // too.
        if (!management.isWhole() || isProtected.isEmpty()) {
          throw new ManagementException(
              Reason.REFUSED,
              "all: the other nodes do not answer, or none runs, so nobody knows which caches are"
                  + " protected; name the caches");
        }
        isProtected.forEach((cache, spared) -> {
          if (!spared) {
            targets.add(Target.cache(stores.stem(cache)));
          }
        });
      }
    }
    if (targets.isEmpty() || targets.size() > Change.MAX_TARGETS) {
      throw new ManagementException(
          Reason.WRONG_QUESTION,
          aim.kind() + ": " + targets.size() + " names, 1 to " + Change.MAX_TARGETS + " at once");
    }
    String what = "invalidate " + aim.kind().name().toLowerCase(Locale.ROOT);
    audit.info("{}: {} of {} names", who, what, aim.names().size());
    local
        .journal()
        .note(
            Event.Kind.ACTION,
            "",
            Journal.text(targets.get(0)),
            who + ": " + what,
            0,
            targets.size());
    Acknowledgement done = parts.invalidate().apply(targets, what + " by " + who);
    return new Outcome(
        targets.size() == 1 && aim.kind() != Aim.Kind.ALL
            ? named(aim) + " invalidated"
            : targets.size() + (targets.size() == 1 ? " target" : " targets") + " invalidated",
        done.position().map(Position::toString).orElse(""),
        done.position().isEmpty() && !parts.stores().isEmpty());
  }

  /** {@code cache album}: as it was asked for, not as the log has it. */
  private static String named(Aim aim) {
    return aim.kind().name().toLowerCase(Locale.ROOT) + ' ' + aim.names().get(0);
  }

  Outcome refresh(String slot, String who) {
    stores.ours(slot);
    // One of the nodes that have it: each would load it from the source.
    for (Copy copy : management.explain(slot).copies()) {
      if (!copy.node().isEmpty() && copy.state() != State.ABSENT) {
        Ask ask = new Ask(LocalManagement.newId(), copy.node(), "refresh", slot, "", List.of());
        return one(ask, who, "refresh " + slot);
      }
    }
    throw new ManagementException(
        Reason.REFUSED,
        "refresh " + slot + ": the key is not in its L1 on any node, so none knows how to load it");
  }

  Outcome touch(String slot, Duration ttl, String who) {
    if (ttl.toMillis() < 1) {
      throw new ManagementException(Reason.WRONG_QUESTION, "ttl: " + ttl + " is not 1 ms or more");
    }
    String millis = Long.toString(ttl.toMillis());
    return one(
        new Ask(LocalManagement.newId(), "", "touch", stores.ours(slot), millis, List.of()),
        who,
        "touch " + slot);
  }

  Outcome turn(String cache, int percent, String who) {
    if (percent < 0 || percent > 100) {
      throw new ManagementException(
          Reason.WRONG_QUESTION, "percent: " + percent + " is not 0 to 100");
    }
    KeyCount.requireKnown(cache, cache.isEmpty() ? List.of() : management.cacheNames());
    String name = cache.isEmpty() ? "all caches" : "cache " + cache;
    if (bulletin != null) {
      try {
        bulletin.order(cache, percent, local.time().millis()).join();
      } catch (CompletionException silent) {
        throw new ManagementException(
            Reason.UNREACHABLE,
            "switch: no store answers, so the other nodes would not hear of it");
      }
    }
    parts.turn().accept(cache, percent);
    audit.info("{}: switch of {} to {} %", who, name, percent);
    local
        .journal()
        .note(Event.Kind.ACTION, cache, name, SwitchOrder.text(who, percent), 0, percent);
    return new Outcome(name + ": " + percent + " % of keys are cached", "", false);
  }

  Outcome warm(String name, WarmUp.Action action, WarmUp.Limits limits, String who) {
    List<WarmUp> known = management.warmUps();
    WarmUp plan = known.stream()
        .filter(warmUp -> warmUp.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new ManagementException(
            Reason.NOT_FOUND,
            "warm-up: none is called '" + name + "'; there are "
                + known.stream().map(WarmUp::name).toList()));
    boolean isLimited = !limits.equals(WarmUp.Limits.AS_DECLARED);
    if (isLimited) {
      WarmOrders.requireFit(plan, action, limits);
    }
    return one(
        new Ask(
            LocalManagement.newId(),
            addressee(name, action),
            isLimited ? WarmOrders.LIMITED : "warm",
            name,
            isLimited ? WarmOrders.argument(action, limits) : action.name(),
            List.of()),
        who,
        "warm-up " + name + ": " + action + (isLimited ? ", " + limits.shown() : ""));
  }

  private Outcome one(Ask ask, String who, String what) {
    List<String> silent = new ArrayList<>();
    List<Answer> answers = management.everyone(ask, silent);
    for (Answer answer : answers) {
      if (!answer.done().isEmpty()) {
        audit.info("{}: {}", who, what);
        local.journal().note(Event.Kind.ACTION, "", ask.subject(), who + ": " + what, 0, 1);
        return new Outcome(answer.done(), "", false);
      }
    }
    boolean isNobodyThere = answers.isEmpty() && silent.isEmpty();
    StringBuilder why =
        new StringBuilder(what + (isNobodyThere ? ": no node runs that could" : ": no node could"));
    answers.forEach(answer ->
        why.append("; node ").append(answer.node()).append(": ").append(answer.refusal()));
    silent.forEach(node -> why.append("; node ").append(node).append(" gave no answer"));
    audit.info("{}: refused: {}", who, why);
    throw new ManagementException(Reason.REFUSED, why.toString());
  }

  /** One node starts a warm-up, this one if it can; for the rest those that run it are meant. */
  private String addressee(String name, WarmUp.Action action) {
    if (action != WarmUp.Action.START) {
      return "";
    }
    if (bulletin == null || WarmOrders.knows(warming.status(), name)) {
      return local.node();
    }
    return bulletin.warmUps().join().stream()
        .filter(told -> WarmOrders.knows(told.all(), name))
        .map(ToldWarmUps::node)
        .findFirst()
        .orElse("");
  }
}
