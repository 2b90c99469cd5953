package dev.larder.engine;

import dev.larder.Acknowledgement;
import dev.larder.Cache;
import dev.larder.Larder;
import dev.larder.memory.MemoryStore;
import dev.larder.testkit.TextCodecs;
import dev.larder.tier.Store;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of an interleaving: the steps that could be taken next. Each call to a store, each reading of
 * the source, each end of a load and each catching up is a step of its own.
 */
final class Steps implements AutoCloseable {

  private static final Long KEY = 1L;

  private record Step(String label, int minTaken, Runnable action) {}

  private static final class Node {
    final Larder larder;
    final Cache<Long, String> cache;
    int knows;

    Node(Larder larder) {
      this.larder = larder;
      this.cache = larder.cache("album", Lab.policy().build());
    }
  }

  private final Lab lab;
  private final Layout layout;
  private final List<Step> pending = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private int version = 1;
  private int acknowledged;
  private int unanswered;
  private boolean isPassing = true;

  Steps(Layout layout, int count) {
    this.layout = layout;
    this.lab = new Lab(layout);
    for (int i = 0; i < count; i++) {
      nodes.add(node());
    }
    isPassing = false;
  }

  private Node node() {
    var builder = Larder.builder()
        .keyPrefix("lab")
        .codecs(new TextCodecs())
        .time(lab.clock())
        .scheduler(timers())
        // A loader that follows an answer of a store is called in the step that gives the answer.
        .executor(Runnable::run)
        .tierTimeout(Duration.ofMinutes(1))
        .logTimeout(Duration.ofMinutes(1));
    if (layout.hasL2()) {
      builder.l2(stepped(lab.l2));
    }
    if (layout.hasDatabase()) {
      builder.database(stepped(lab.database));
    }
    return new Node(builder.build());
  }

  // ---- who takes steps

  void reader(int on) {
    Node node = nodes.get(on);
    offer("reader asks node " + on, () -> {
      int least = node.knows;
      unanswered++;
      node.cache.async().get(KEY, id -> load()).whenComplete((value, failure) -> {
        unanswered--;
        taken.add("reader on " + on + " has " + value);
        if (failure != null || value == null || number(value) < least) {
          fail("answered " + value + " (" + failure + "), asked for at least v" + least);
        }
      });
    });
  }

  void keyWriter(int on) {
    Node node = nodes.get(on);
    writer(on, () -> node.cache.async().invalidate(KEY));
  }

  void tagWriter(int on) {
    Node node = nodes.get(on);
    writer(on, () -> node.larder.batch().tags("of:v").applyAsync());
  }

  private void writer(int on, Supplier<CompletionStage<Acknowledgement>> invalidation) {
    offer("writer on " + on + " commits", () -> {
      int mine = ++version;
      offer("writer on " + on + " invalidates v" + mine, () -> {
        unanswered++;
        invalidation.get().whenComplete((done, failure) -> {
          unanswered--;
          if (failure != null || !(done instanceof Acknowledgement.Appended)) {
            fail("not acknowledged: " + done + failure);
          }
          acknowledged = Math.max(acknowledged, mine);
          nodes.get(on).knows = Math.max(nodes.get(on).knows, mine);
        });
      });
    });
  }

  void follower(int on) {
    offer("node " + on + " catches up", () -> catchUp(nodes.get(on)));
  }

  /** A node's caches are switched off at some moment, and on again at a later one. */
  void switching(int on) {
    var all = nodes.get(on).larder.switches().all();
    offer("node " + on + " is switched off", () -> {
      all.off();
      offer("node " + on + " is switched on", all::on);
    });
  }

  void eviction() {
    offer("the slot vanishes", () -> {
      String slot = nodes
          .get(0)
          .larder
          .batch()
          .key(nodes.get(0).cache, KEY)
          .change()
          .keys()
          .get(0);
      lab.l2.tier().delete(List.of(slot));
      lab.database.tier().delete(List.of(slot));
    });
  }

  private void catchUp(Node node) {
    int known = acknowledged;
    if (!Lab.done(node.larder.catchUp())) {
      fail("the log could not be proved");
    }
    node.knows = Math.max(node.knows, known);
  }

  private CompletionStage<@Nullable String> load() {
    CompletableFuture<@Nullable String> load = new CompletableFuture<>();
    offer("source is read", () -> {
      String read = "v" + version;
      offer("load of " + read + " ends", () -> load.complete(read));
    });
    return load;
  }

  // ---- taking them

  private void offer(String label, Runnable action) {
    pending.add(new Step(label, 0, action));
  }

  /** How many steps can be taken; waits for a lease only count once something else has happened. */
  int width() {
    return open().size();
  }

  private List<Step> open() {
    return pending.stream().filter(step -> step.minTaken() <= taken.size()).toList();
  }

  void take(int choice) {
    Step step = open().get(choice);
    pending.remove(step);
    taken.add(step.label());
    step.action().run();
  }

  /** All steps were taken: everybody has an answer, and every node comes to the source's value. */
  void settle() {
    isPassing = true;
    if (unanswered != 0) {
      fail(unanswered + " were never answered, " + pending.size() + " steps wait for nothing");
    }
    for (Node node : nodes) {
      catchUp(node);
    }
    if (layout.isShared()) {
      nodes.add(node());
    }
    for (Node node : nodes) {
      String cached = node.cache.get(KEY).orNull();
      if (cached != null && number(cached) != version) {
        fail("in the end a node serves " + cached + ", the source has v" + version);
      }
    }
  }

  private static int number(String value) {
    return Integer.parseInt(value.substring(1));
  }

  private void fail(String what) {
    throw new AssertionError(what + "\n  " + String.join("\n  ", taken));
  }

  // ---- what the engine stands on

  /** A store whose tier calls and appends are steps. The heartbeat's calls are not: they come whole. */
  private Store stepped(MemoryStore store) {
    Object tier =
        stepping(store.tier(), store.name(), List.of("read", "plant", "fill", "delete", "release"));
    Object log = stepping(store.log(), store.name(), List.of("append"));
    return (Store) Proxy.newProxyInstance(
        Steps.class.getClassLoader(),
        new Class<?>[] {Store.class},
        (proxy, method, args) -> switch (method.getName()) {
          case "tier" -> tier;
          case "log" -> log;
          case "invalidate" ->
            java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, args);
          default -> method.invoke(store, args);
        });
  }

  private Object stepping(Object real, String name, List<String> stepwise) {
    Class<?>[] faces = real instanceof dev.larder.log.OriginLog
        ? new Class<?>[] {dev.larder.log.OriginLog.class}
        : real instanceof dev.larder.tier.Tier
            ? new Class<?>[] {dev.larder.tier.Tier.class}
            : new Class<?>[] {dev.larder.log.InvalidationLog.class};
    return Proxy.newProxyInstance(Steps.class.getClassLoader(), faces, (proxy, method, args) -> {
      if (method.getName().equals("await")) {
        return new CompletableFuture<>();
      }
      method.setAccessible(true);
      if (isPassing || !stepwise.contains(method.getName())) {
        return method.invoke(real, args);
      }
      CompletableFuture<Object> answer = new CompletableFuture<>();
      offer(name + " " + method.getName(), () -> {
        try {
          answer.complete(((CompletionStage<?>) method.invoke(real, args))
              .toCompletableFuture()
              .join());
        } catch (ReflectiveOperationException impossible) {
          throw new AssertionError(impossible);
        }
      });
      return answer;
    });
  }

  /** Timers: a pause is a step once something else has happened; what repeats never comes. */
  private ScheduledExecutorService timers() {
    return (ScheduledExecutorService) Proxy.newProxyInstance(
        Steps.class.getClassLoader(),
        new Class<?>[] {ScheduledExecutorService.class},
        (proxy, method, args) -> {
          if (method.getName().equals("schedule") && !isPassing) {
            Runnable task = (Runnable) args[0];
            pending.add(new Step("a pause is over", taken.size() + 1, task));
            return null;
          }
          return method.invoke(lab.scheduler, args);
        });
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.larder.close());
    lab.close();
  }
}
