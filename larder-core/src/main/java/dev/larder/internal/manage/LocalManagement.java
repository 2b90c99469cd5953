package dev.larder.internal.manage;

import dev.larder.Acknowledgement;
import dev.larder.codec.CodecProvider;
import dev.larder.internal.manage.Journal.Applied;
import dev.larder.internal.store.GuardedStore;
import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.Advice;
import dev.larder.manage.Aim;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.Explanation.Copy;
import dev.larder.manage.Explanation.Ending;
import dev.larder.manage.Explanation.Loaded;
import dev.larder.manage.KeyPage;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.NodeView;
import dev.larder.manage.Outcome;
import dev.larder.manage.Overview;
import dev.larder.manage.Preview;
import dev.larder.manage.StoredValue;
import dev.larder.manage.Verification;
import dev.larder.manage.Verification.Finding;
import dev.larder.manage.WarmUp;
import dev.larder.warm.Warming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management of a larder from one of its nodes: what concerns this node it answers itself, what
 * concerns the others it asks them over the {@link Bulletin}, what concerns stores it asks those.
 */
public final class LocalManagement implements Management, AutoCloseable {

  private static final Logger audit = LoggerFactory.getLogger("dev.larder.audit");

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.manage");

  /** How often, and how many changes of this node at once, are asked for again everywhere. */
  private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int WATCHED = 20;
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Parts parts;
  private final LocalView local;
  private final StoreInspection stores;
  private final KeyCount keys;
  private final WarmOrders warming;
  private final Respondent respondent;
  private final @Nullable Bulletin bulletin;
  private final @Nullable Presence presence;
  private final @Nullable ScheduledFuture<?> watch;

  /**
   * What the engine gives.
   *
   * @param invalidate applies targets for a cause
   * @param turn sets a switch of this node: name of the cache, empty for all, and percentage
   */
  public record Parts(
      String keyPrefix,
      LocalView local,
      List<GuardedStore> stores,
      @Nullable CodecProvider codecs,
      ScheduledExecutorService scheduler,
      Executor executor,
      BiFunction<List<Target>, String, Acknowledgement> invalidate,
      ObjIntConsumer<String> turn,
      ToLongFunction<Change> numberOf,
      Predicate<Position> hasReached,
      Warming warming) {}

  public LocalManagement(Parts parts) {
    this.parts = parts;
    this.local = parts.local();
    this.stores = new StoreInspection(parts.stores(), parts.keyPrefix());
    this.warming = new WarmOrders(parts.warming());
    this.keys = new KeyCount(stores, local, parts.keyPrefix());
    this.respondent = new Respondent(local, stores, warming, parts.numberOf(), parts.hasReached());
    this.bulletin = Bulletin.of(parts.stores(), parts.codecs());
    this.presence = bulletin == null
        ? null
        : new Presence(
            local, bulletin, respondent::answer, parts.turn(), warming, parts.executor());
    if (presence != null) {
      presence.start(parts.scheduler());
      watch = parts
          .scheduler()
          .scheduleWithFixedDelay(
              () -> parts.executor().execute(this::checkOwnChanges),
              WATCH_NANOS,
              WATCH_NANOS,
              TimeUnit.NANOSECONDS);
    } else {
      watch = null;
    }
  }

  // ---- reading

  /** See {@link dev.larder.Larder#self}. */
  public NodeView self() {
    return local.now();
  }

  @Override
  public Overview overview() {
    List<NodeView> nodes = new ArrayList<>();
    boolean isOwn = !local.caches().isEmpty();
    if (isOwn) {
      nodes.add(local.now());
    }
    boolean isWhole = parts.stores().isEmpty();
    if (bulletin != null) {
      try {
        for (NodeView node : bulletin.nodes().join()) {
          if (!node.id().equals(local.node())) {
            nodes.add(node);
          }
        }
        isWhole = true;
      } catch (CompletionException silent) {
        isWhole = false;
      }
    }
    return new Overview(
        parts.keyPrefix(),
        local.time().millis(),
        isOwn ? local.node() : "",
        isWhole,
        nodes,
        switches());
  }

  private Map<String, Integer> switches() {
    if (bulletin == null) {
      return Map.of();
    }
    if (presence != null && !local.caches().isEmpty()) {
      return presence.switches();
    }
    try {
      return Bulletin.switches(bulletin.orders().join());
    } catch (CompletionException silent) {
      return Map.of();
    }
  }

  private List<String> cacheNames() {
    return overview().nodes().stream()
        .flatMap(node -> node.caches().stream())
        .map(cache -> cache.stats().cache())
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public KeyPage keys(KeyQuery query) {
    KeyCount.requireKnown(query.cache(), query.cache().isEmpty() ? List.of() : cacheNames());
    return keys.list(query);
  }

  @Override
  public Explanation explain(String slot) {
    List<Copy> copies = new ArrayList<>(stores.copies(slot));
    List<String> silent = new ArrayList<>();
    List<Answer> answers = everyone(new Ask(newId(), "", "explain", slot, "", List.of()), silent);
    List<Event> history = new ArrayList<>();
    Ending ended = null;
    Loaded loaded = null;
    String missed = null;
    long missedAt = 0;
    for (Answer answer : answers) {
      copies.addAll(answer.copies());
      history.addAll(answer.history());
      Ending itsEnding = answer.ended();
      if (itsEnding != null && (ended == null || itsEnding.atMillis() > ended.atMillis())) {
        ended = itsEnding;
      }
      Loaded itsLoad = answer.loaded();
      if (itsLoad != null && (loaded == null || itsLoad.atMillis() > loaded.atMillis())) {
        loaded = itsLoad;
      }
      if (answer.missedMillis() > missedAt) {
        missedAt = answer.missedMillis();
        missed = answer.missed();
      }
    }
    history.sort(Comparator.comparingLong(Event::atMillis));
    copies.sort(Comparator.comparing(Copy::tier).thenComparing(Copy::node));
    return new Explanation(
        slot, stores.cacheOf(slot), copies, ended, loaded, missed, history, silent);
  }

  @Override
  public Optional<StoredValue> value(String slot) {
    return stores.value(slot);
  }

  @Override
  public List<Event> events(long after, int limit) {
    return local.journal().since(after, limit);
  }

  @Override
  public Subscription listen(Consumer<Event> listener) {
    return local.journal().listen(listener);
  }

  // ---- asking the other nodes

  private static String newId() {
    return Long.toHexString(Change.newNonce(false));
  }

  /** This node's answer and those of all others that show themselves; waits for them up to the limit. */
  private List<Answer> everyone(Ask ask, List<String> silent) {
    List<Answer> all = new ArrayList<>();
    if (!local.caches().isEmpty() && (ask.to().isEmpty() || ask.to().equals(local.node()))) {
      all.add(respondent.answer(ask).toCompletableFuture().join());
    }
    if (bulletin != null) {
      List<String> others = overview().nodes().stream()
          .map(NodeView::id)
          .filter(id -> !id.equals(local.node()))
          .filter(id -> ask.to().isEmpty() || ask.to().equals(id))
          .toList();
      all.addAll(new Asking(bulletin, local.node()).ask(ask, others, silent));
    }
    return all;
  }

  private Outcome one(Ask ask, String who, String what) {
    audit.info("{}: {}", who, what);
    local.journal().note(Event.Kind.ACTION, "", ask.subject(), who + ": " + what, 0, 1);
    List<String> silent = new ArrayList<>();
    List<Answer> answers = everyone(ask, silent);
    for (Answer answer : answers) {
      if (!answer.done().isEmpty()) {
        return new Outcome(answer.done(), "", false);
      }
    }
    StringBuilder why = new StringBuilder(what + ": no node could");
    answers.forEach(answer ->
        why.append("; node ").append(answer.node()).append(": ").append(answer.refusal()));
    silent.forEach(node -> why.append("; node ").append(node).append(" gave no answer"));
    throw new ManagementException(Reason.REFUSED, why.toString());
  }

  // ---- acting

  private Map<String, Boolean> protection() {
    Map<String, Boolean> known = new TreeMap<>();
    for (NodeView node : overview().nodes()) {
      for (NodeView.CacheView cache : node.caches()) {
        known.merge(
            cache.stats().cache(),
            Boolean.parseBoolean(cache.policy().get("protected")),
            Boolean::logicalOr);
      }
    }
    return known;
  }

  @Override
  public Preview preview(Aim aim) {
    if (aim.kind() == Aim.Kind.CACHE) {
      List<String> known = cacheNames();
      aim.names().forEach(cache -> KeyCount.requireKnown(cache, known));
    }
    return keys.preview(aim, protection());
  }

  @Override
  public Outcome invalidate(Aim aim, String who) {
    Map<String, Boolean> isProtected = protection();
    List<Target> targets = new ArrayList<>();
    switch (aim.kind()) {
      case KEY -> aim.names().forEach(slot -> targets.add(Target.key(ours(slot))));
      case TAG -> aim.names().forEach(tag -> targets.add(Target.tag(tag)));
      case PREFIX -> aim.names().forEach(prefix -> targets.add(Target.prefix(boundary(prefix))));
      case CACHE -> {
        aim.names().forEach(cache -> KeyCount.requireKnown(cache, isProtected.keySet()));
        aim.names().forEach(cache -> targets.add(Target.cache(stores.stem(cache))));
      }
      case ALL -> {
        if (keys.spared(aim, isProtected).isEmpty()) {
          targets.add(Target.ALL);
        } else {
          isProtected.forEach((cache, spared) -> {
            if (!spared) {
              targets.add(Target.cache(stores.stem(cache)));
            }
          });
        }
      }
    }
    if (targets.isEmpty() || targets.size() > Change.MAX_TARGETS) {
      throw new ManagementException(
          Reason.WRONG_QUESTION,
          aim.kind() + ": " + targets.size() + " names, 1 to " + Change.MAX_TARGETS + " at once");
    }
    String what = "invalidate " + aim.kind().name().toLowerCase(java.util.Locale.ROOT);
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
        targets.size() == 1
            ? Journal.text(targets.get(0)) + " invalidated"
            : targets.size() + " targets invalidated",
        done.position().map(Position::toString).orElse(""),
        done.position().isEmpty() && !parts.stores().isEmpty());
  }

  private String ours(String slot) {
    if (stores.cacheOf(slot) == null) {
      throw new ManagementException(
          Reason.WRONG_QUESTION,
          "key: '" + slot + "' does not begin with " + parts.keyPrefix() + ":CACHE:");
    }
    return slot;
  }

  private String boundary(String prefix) {
    if (stores.cacheOf(prefix) == null || !prefix.endsWith(":")) {
      throw new ManagementException(
          Reason.WRONG_QUESTION,
          "prefix: '" + prefix + "' does not begin with " + parts.keyPrefix()
              + ":CACHE: or does not end in ':'");
    }
    return prefix;
  }

  @Override
  public Outcome refresh(String slot, String who) {
    return one(new Ask(newId(), "", "refresh", ours(slot), "", List.of()), who, "refresh " + slot);
  }

  @Override
  public Outcome touch(String slot, Duration ttl, String who) {
    if (ttl.toMillis() < 1) {
      throw new ManagementException(Reason.WRONG_QUESTION, "ttl: " + ttl + " is not 1 ms or more");
    }
    String millis = Long.toString(ttl.toMillis());
    return one(new Ask(newId(), "", "touch", ours(slot), millis, List.of()), who, "touch " + slot);
  }

  @Override
  public Outcome turn(String cache, int percent, String who) {
    if (percent < 0 || percent > 100) {
      throw new ManagementException(
          Reason.WRONG_QUESTION, "percent: " + percent + " is not 0 to 100");
    }
    KeyCount.requireKnown(cache, cache.isEmpty() ? List.of() : cacheNames());
    String name = cache.isEmpty() ? "all caches" : "cache " + cache;
    if (bulletin != null) {
      try {
        bulletin.order(cache, percent).join();
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
        .note(Event.Kind.ACTION, cache, name, who + ": switch to " + percent + " %", 0, percent);
    return new Outcome(name + ": " + percent + " % of keys are cached", "", false);
  }

  // ---- checking

  @Override
  public Verification verify(int sample) {
    if (sample < 1 || sample > Verifier.MOST) {
      throw new ManagementException(
          Reason.WRONG_QUESTION, "sample: " + sample + " is not 1 to " + Verifier.MOST);
    }
    Verifier verifier = new Verifier(local, stores);
    List<Applied> newest = verifier.newest(sample);
    List<String> silent = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    long sampled = 0;
    Ask ask = new Ask(newId(), "", "verify", "", "", verifier.changes(newest));
    for (Answer answer : everyone(ask, silent)) {
      sampled += answer.sampled();
      findings.addAll(answer.findings());
    }
    Verifier.Stores below = verifier.stores(newest, sample);
    findings.addAll(below.findings());
    List<NodeView> nodes = overview().nodes();
    return new Verification(
        sampled + below.sampled(),
        below.keys(),
        findings.size(),
        below.unreachable() + silent.size(),
        findings,
        nodes.stream().mapToLong(NodeView::sampled).sum(),
        nodes.stream().mapToLong(NodeView::stale).sum());
  }

  /** Asks everyone again about some of what this node invalidated in the last ten seconds. */
  private void checkOwnChanges() {
    Verifier verifier = new Verifier(local, stores);
    List<Applied> own = verifier.ownOf(SETTLED_NANOS, SETTLED_NANOS + WATCH_NANOS, WATCHED);
    if (!own.isEmpty()) {
      try {
        everyone(new Ask(newId(), "", "verify", "", "", verifier.changes(own)), new ArrayList<>());
        verifier.stores(own, WATCHED);
      } catch (RuntimeException failure) {
        logger.debug("what was invalidated could not be checked again", failure);
      }
    }
  }

  @Override
  public List<Advice> advise() {
    return Advisor.advise(overview().nodes());
  }

  @Override
  public List<WarmUp> warmUps() {
    List<List<WarmUp>> told = new ArrayList<>();
    told.add(warming.status());
    if (bulletin != null) {
      try {
        bulletin.warmUps().join().forEach(node -> told.add(node.all()));
      } catch (CompletionException silent) {
        // What this node knows is what there is to say.
        return warming.status();
      }
    }
    return WarmOrders.merged(told);
  }

  @Override
  public Outcome warm(String name, WarmUp.Action action, String who) {
    List<WarmUp> known = warmUps();
    if (known.stream().noneMatch(warmUp -> warmUp.name().equals(name))) {
      throw new ManagementException(
          Reason.NOT_FOUND,
          "warm-up: none is called '" + name + "'; there are "
              + known.stream().map(WarmUp::name).toList());
    }
    return one(
        new Ask(newId(), addressee(name, action), "warm", name, action.name(), List.of()),
        who,
        "warm-up " + name + ": " + action);
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

  @Override
  public void close() {
    if (watch != null) {
      watch.cancel(false);
    }
    if (presence != null) {
      presence.close();
    }
  }
}
