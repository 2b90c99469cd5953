package dev.larder.internal.manage;

import dev.larder.Acknowledgement;
import dev.larder.codec.CodecProvider;
import dev.larder.internal.store.GuardedStore;
import dev.larder.log.Change;
import dev.larder.log.Position;
import dev.larder.log.Target;
import dev.larder.manage.AdviceReport;
import dev.larder.manage.Aim;
import dev.larder.manage.Event;
import dev.larder.manage.Explanation;
import dev.larder.manage.KeyPage;
import dev.larder.manage.KeyQuery;
import dev.larder.manage.Management;
import dev.larder.manage.ManagementException;
import dev.larder.manage.ManagementException.Reason;
import dev.larder.manage.NodeView;
import dev.larder.manage.Outcome;
import dev.larder.manage.Overview;
import dev.larder.manage.Preview;
import dev.larder.manage.RouteReport;
import dev.larder.manage.SessionReport;
import dev.larder.manage.Simulation;
import dev.larder.manage.StoredValue;
import dev.larder.manage.Trials;
import dev.larder.manage.Verification;
import dev.larder.manage.WarmUp;
import dev.larder.stats.CacheStats.HotKey;
import dev.larder.stats.Distribution;
import dev.larder.stats.Distribution.Measure;
import dev.larder.stats.NodeFigures;
import dev.larder.warm.Warming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The management of a larder from one of its nodes: what concerns this node it answers itself, what
 * concerns the others it asks them over the {@link Bulletin}, what concerns stores it asks those.
 */
public final class LocalManagement implements Management, AutoCloseable {

  private final Parts parts;
  private final LocalView local;
  private final StoreInspection stores;
  private final KeyCount keys;
  private final WarmOrders warming;
  private final ModuleReports modules;
  private final Respondent respondent;
  private final Orders orders;
  private final LocalTrials trials;
  private final @Nullable Bulletin bulletin;
  private final @Nullable Presence presence;
  private final FreshnessWatch watch;

  /**
   * What the engine gives.
   *
   * @param invalidate applies targets for a cause
   * @param turn sets a switch of this node: name of the cache, empty for all, and percentage
   * @param numberOf local number of a change; -1 if this node has not met it
   * @param numberBehind local number behind a place in a log; -1 if unknown
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
      ToLongFunction<Position> numberBehind,
      Warming warming,
      NodeFigures figures) {}

  public LocalManagement(Parts parts) {
    this.parts = parts;
    this.local = parts.local();
    this.stores = new StoreInspection(parts.stores(), parts.keyPrefix());
    this.warming = new WarmOrders(parts.warming());
    this.keys = new KeyCount(stores, local, parts.keyPrefix());
    this.modules = new ModuleReports(local.node(), parts.figures(), parts.executor());
    this.respondent = new Respondent(local, stores, warming, modules, parts);
    this.bulletin = Bulletin.of(parts.stores(), parts.codecs());
    this.orders = new Orders(this, parts, stores, warming, bulletin);
    TrialDuty duty = new TrialDuty(local);
    this.trials = new LocalTrials(this, local, duty, bulletin);
    this.presence = bulletin == null
        ? null
        : new Presence(
            local, bulletin, respondent::answer, parts.turn(), warming, duty, parts.executor());
    this.watch =
        new FreshnessWatch(local, stores, this::everyone, () -> overview().nodes());
    if (presence != null) {
      presence.start(parts.scheduler());
      watch.start(parts.scheduler(), parts.executor());
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

  List<String> cacheNames() {
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
    return new Explaining(this, local, stores).explain(slot);
  }

  @Override
  public Optional<StoredValue> value(String slot) {
    return stores.value(stores.ours(slot));
  }

  @Override
  public List<Distribution> distributions(String cache) {
    KeyCount.requireKnown(cache, cacheNames());
    Ask ask = new Ask(newId(), "", "distributions", cache, "", List.of());
    List<Distribution> all = everyone(ask, new ArrayList<>()).stream()
        .flatMap(answer -> answer.distributions().stream())
        .toList();
    return Stream.of(Measure.values())
        .map(measure -> Distribution.sum(measure, all))
        .toList();
  }

  @Override
  public List<Event> events(long after, int limit) {
    return local.journal().since(after, limit);
  }

  @Override
  public Subscription listen(Consumer<Event> listener) {
    return local.journal().listen(listener);
  }

  /** See {@link dev.larder.warm.Warming#hotKeys}; keys as the codec of their type writes them. */
  public List<HotKey> hotKeys(String cache, int most) {
    return new HotKeys(ask -> everyone(ask, new ArrayList<>())).of(cache, most);
  }

  @Override
  public RouteReport routes() {
    return modules.routes(this::everyone);
  }

  @Override
  public SessionReport sessions() {
    return modules.sessions(this::everyone);
  }

  // ---- asking the other nodes

  static String newId() {
    return Long.toHexString(Change.newNonce(false));
  }

  /** This node's answer and those of all others that show themselves; waits for them up to the limit. */
  List<Answer> everyone(Ask ask, List<String> silent) {
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

  // ---- acting

  /** Whether all nodes can be seen now. */
  boolean isWhole() {
    return overview().isWhole();
  }

  /** Known caches, and whether a sweep over all leaves them alone. */
  Map<String, Boolean> protection() {
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
    Map<String, Boolean> known = protection();
    switch (aim.kind()) {
      case KEY -> aim.names().forEach(slot -> requireKnown(stores.ours(slot), known.keySet()));
      case PREFIX ->
        aim.names().forEach(prefix -> {
          stores.prefix(prefix);
          requireKnown(prefix, known.keySet());
        });
      case CACHE -> aim.names().forEach(cache -> KeyCount.requireKnown(cache, known.keySet()));
      default -> {
        // Tags have no form.
      }
    }
    return keys.preview(aim, known);
  }

  /** Nodes that cannot be seen may have caches of their own, whose keys are ended all the same. */
  private void requireKnown(String slot, Set<String> known) {
    String cache = stores.cacheOf(slot);
    if (cache != null && !known.contains(cache) && isWhole()) {
      KeyCount.requireKnown(cache, known);
    }
  }

  @Override
  public Outcome invalidate(Aim aim, String who) {
    return orders.invalidate(aim, who);
  }

  @Override
  public Outcome refresh(String slot, String who) {
    return orders.refresh(slot, who);
  }

  @Override
  public Outcome touch(String slot, Duration ttl, String who) {
    return orders.touch(slot, ttl, who);
  }

  @Override
  public Outcome turn(String cache, int percent, String who) {
    return orders.turn(cache, percent, who);
  }

  @Override
  public Outcome warm(String name, WarmUp.Action action, WarmUp.Limits limits, String who) {
    return orders.warm(name, action, limits, who);
  }

  // ---- checking

  @Override
  public Verification verify(int sample) {
    if (sample < 1 || sample > Verifier.MOST) {
      throw new ManagementException(
          Reason.WRONG_QUESTION, "sample: " + sample + " is not 1 to " + Verifier.MOST);
    }
    return watch.verify(sample);
  }

  @Override
  public AdviceReport adviceReport() {
    return new Advising(this).advise();
  }

  @Override
  public Simulation simulate(String cache, @Nullable Duration ttl, @Nullable Long l1MaxEntries) {
    return new Advising(this).simulate(cache, ttl, l1MaxEntries);
  }

  @Override
  public Trials trials() {
    return trials;
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
  public void close() {
    watch.close();
    if (presence != null) {
      presence.close();
    }
  }
}
