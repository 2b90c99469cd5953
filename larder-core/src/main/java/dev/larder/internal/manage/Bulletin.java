package dev.larder.internal.manage;

import dev.larder.CodecException;
import dev.larder.codec.Codec;
import dev.larder.codec.CodecProvider;
import dev.larder.codec.TypeRef;
import dev.larder.internal.store.Deadlines;
import dev.larder.internal.store.GuardedStore;
import dev.larder.internal.trial.TrialOrder;
import dev.larder.internal.trial.TrialTally;
import dev.larder.manage.NodeView;
import dev.larder.manage.WarmUp;
import dev.larder.tier.Board;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The board of the nearest store that answers, with what nodes pin to it in its own form: JSON.
 *
 * <p>Calls go past the circuits of the tiers, and do not count there: a board that is missing or slow must
 * not take a tier away from the caches. Safe for many threads.
 */
final class Bulletin {

  static final String NODES = "nodes";
  static final String ORDERS = "orders";
  static final String WARM_UPS = "warm-ups";
  static final Duration NODE_LIFE = Duration.ofSeconds(5);
  static final Duration ASK_LIFE = Duration.ofSeconds(10);
  private static final Duration SWITCH_LIFE = Duration.ofDays(3_650);
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final String ASK = "ask-";
  private static final String SWITCH = "switch-";
  private static final String TRIAL = "trial-";

  private static final Logger logger = LoggerFactory.getLogger("dev.larder.manage");

  private final List<GuardedStore> stores;
  private final Codec<NodeView> views;
  private final Codec<Ask> asks;
  private final Codec<Answer> answers;
  private final Codec<ToldWarmUps> warmUps;
  private final Codec<TrialOrder> trials;
  private final Codec<TrialTally> tallies;

  private Bulletin(List<GuardedStore> stores, CodecProvider codecs) {
    this.stores = stores;
    this.views = codecs.codec(TypeRef.of(NodeView.class));
    this.asks = codecs.codec(TypeRef.of(Ask.class));
    this.answers = codecs.codec(TypeRef.of(Answer.class));
    this.warmUps = codecs.codec(TypeRef.of(ToldWarmUps.class));
    this.trials = codecs.codec(TypeRef.of(TrialOrder.class));
    this.tallies = codecs.codec(TypeRef.of(TrialTally.class));
  }

  /** Null if no store has a board, or the codecs have no form for records. */
  static @Nullable Bulletin of(List<GuardedStore> stores, @Nullable CodecProvider codecs) {
    if (codecs == null || stores.stream().allMatch(store -> store.store().board() == null)) {
      return null;
    }
    try {
      return new Bulletin(stores, codecs);
    } catch (RuntimeException refused) {
      // Whatever a caller's own codecs throw: caches work without the nodes seeing each other.
      logger.info("nodes do not see each other, since the codecs refuse: {}", refused.getMessage());
      return null;
    }
  }

  /** The board of the nearest store that is not down; null if there is none. */
  private @Nullable Board board() {
    for (GuardedStore store : stores) {
      Board board = store.store().board();
      if (board != null && !store.isDown()) {
        return board;
      }
    }
    return null;
  }

  private <T> CompletableFuture<T> call(Function<Board, CompletionStage<T>> call) {
    Board board = board();
    return board == null
        ? CompletableFuture.failedFuture(new IllegalStateException("no store with a board answers"))
        : call(board, call);
  }

  private static <T> CompletableFuture<T> call(
      Board board, Function<Board, CompletionStage<T>> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      call.apply(board).whenComplete((value, failure) -> {
        if (failure == null) {
          result.complete(value);
        } else {
          result.completeExceptionally(failure);
        }
      });
    } catch (RuntimeException failure) {
      result.completeExceptionally(failure);
    }
    if (!result.isDone()) {
      Deadlines.set(result, LIMIT);
    }
    return result;
  }

  boolean isThere() {
    return board() != null;
  }

  CompletableFuture<Void> show(NodeView view) {
    byte[] note = views.encode(view);
    return call(board -> board.pin(NODES, view.id(), note, NODE_LIFE));
  }

  CompletableFuture<Void> leave(String node) {
    return call(board -> board.unpin(NODES, List.of(node)));
  }

  CompletableFuture<List<NodeView>> nodes() {
    return call(board -> board.notes(NODES)).thenApply(notes -> read(notes, views));
  }

  CompletableFuture<Void> tell(String node, List<WarmUp> all) {
    byte[] note = warmUps.encode(new ToldWarmUps(node, all));
    return call(board -> board.pin(WARM_UPS, node, note, NODE_LIFE));
  }

  CompletableFuture<List<ToldWarmUps>> warmUps() {
    return call(board -> board.notes(WARM_UPS)).thenApply(notes -> read(notes, warmUps));
  }

  /** The orders on all boards that answer; of one that is on several the newest counts. */
  CompletableFuture<Map<String, byte[]>> orders() {
    return onAll(board -> board.notes(ORDERS)).thenApply(boards -> {
      Map<String, byte[]> all = new TreeMap<>();
      for (Map<String, byte[]> notes : boards) {
        notes.forEach((author, note) -> all.merge(
            author,
            note,
            (one, other) -> author.startsWith(TRIAL) ? newerTrial(one, other) : newer(one, other)));
      }
      return all;
    });
  }

  private static byte[] newer(byte[] one, byte[] other) {
    return Switched.of(other).atMillis() > Switched.of(one).atMillis() ? other : one;
  }

  private byte[] newerTrial(byte[] one, byte[] other) {
    return orderedAt(other) > orderedAt(one) ? other : one;
  }

  private long orderedAt(byte[] trial) {
    List<TrialOrder> read = read(Map.of("", trial), trials);
    return read.isEmpty() ? 0 : read.get(0).atMillis();
  }

  /** A switch as it is pinned: percentage, and when it was ordered. */
  private record Switched(int percent, long atMillis) {

    /** Of anything else the time is 0. */
    static Switched of(byte[] note) {
      String[] words = new String(note, StandardCharsets.UTF_8).split(" ", -1);
      try {
        return new Switched(
            Integer.parseInt(words[0]), words.length == 2 ? Long.parseLong(words[1]) : 0);
      } catch (NumberFormatException notOne) {
        return new Switched(-1, 0);
      }
    }
  }

  /** Asks all boards that are not down; the answers of those that gave one, of which there must be one. */
  private <T> CompletableFuture<List<T>> onAll(Function<Board, CompletionStage<T>> call) {
    List<CompletableFuture<T>> asked = new ArrayList<>();
    for (GuardedStore store : stores) {
      Board board = store.store().board();
      if (board != null && !store.isDown()) {
        asked.add(call(board, call));
      }
    }
    return CompletableFuture.allOf(asked.stream()
            .map(each -> each.handle((value, failure) -> failure == null))
            .toArray(CompletableFuture[]::new))
        .thenApply(done -> {
          List<T> answers = new ArrayList<>();
          for (CompletableFuture<T> each : asked) {
            if (!each.isCompletedExceptionally()) {
              answers.add(each.join());
            }
          }
          if (answers.isEmpty()) {
            throw new IllegalStateException("no store with a board answers");
          }
          return answers;
        });
  }

  /** The questions among orders. */
  List<Ask> asks(Map<String, byte[]> orders) {
    Map<String, byte[]> found = new TreeMap<>(orders);
    found.keySet().removeIf(author -> !author.startsWith(ASK));
    return read(found, asks);
  }

  /** The switches among orders: name of the cache, empty for all, and percentage. */
  static Map<String, Integer> switches(Map<String, byte[]> orders) {
    Map<String, Integer> found = new TreeMap<>();
    orders.forEach((author, note) -> {
      if (author.startsWith(SWITCH)) {
        int percent = Switched.of(note).percent();
        if (percent >= 0 && percent <= 100) {
          found.put(author.substring(SWITCH.length()), percent);
        }
      }
    });
    return found;
  }

  /** Pins a switch to all boards that answer, so that none tells of an older one later. */
  CompletableFuture<Void> order(String cache, int percent, long atMillis) {
    byte[] note = (percent + " " + atMillis).getBytes(StandardCharsets.UTF_8);
    return onAll(
            board -> board.pin(ORDERS, SWITCH + cache, note, SWITCH_LIFE).thenApply(done -> true))
        .thenApply(done -> null);
  }

  /** The trials of ttls among orders. */
  List<TrialOrder> trials(Map<String, byte[]> orders) {
    Map<String, byte[]> found = new TreeMap<>(orders);
    found.keySet().removeIf(author -> !author.startsWith(TRIAL));
    return read(found, trials);
  }

  static Map<String, TrialOrder> byCache(List<TrialOrder> trials) {
    Map<String, TrialOrder> all = new TreeMap<>();
    trials.forEach(order -> all.put(order.cache(), order));
    return all;
  }

  /** Pins a trial, or its end, to all boards that answer; it stays while its result is of use. */
  CompletableFuture<Void> order(TrialOrder order) {
    byte[] note = trials.encode(order);
    return onAll(board ->
            board.pin(ORDERS, TRIAL + order.cache(), note, life(order)).thenApply(done -> true))
        .thenApply(done -> null);
  }

  private static Duration life(TrialOrder order) {
    return TrialDuty.KEPT.plusMillis(Math.max(0, order.endMillis() - order.atMillis()));
  }

  CompletableFuture<Void> tell(TrialOrder order, TrialTally tally) {
    byte[] note = tallies.encode(tally);
    return call(board -> board.pin(TRIAL + order.id(), tally.node(), note, life(order)));
  }

  /** What nodes have told of a trial, on all boards that answer; the newest of each node. */
  CompletableFuture<List<TrialTally>> tallies(TrialOrder order) {
    return onAll(board -> board.notes(TRIAL + order.id())).thenApply(boards -> {
      Map<String, TrialTally> newest = new TreeMap<>();
      for (Map<String, byte[]> notes : boards) {
        read(notes, tallies)
            .forEach(tally -> newest.merge(
                tally.node(),
                tally,
                (one, other) -> other.atMillis() > one.atMillis() ? other : one));
      }
      return new ArrayList<>(newest.values());
    });
  }

  CompletableFuture<Void> ask(Ask ask) {
    byte[] note = asks.encode(ask);
    return call(board -> board.pin(ORDERS, ASK + ask.id(), note, ASK_LIFE));
  }

  CompletableFuture<Void> answer(Ask ask, Answer answer) {
    byte[] note = answers.encode(answer);
    return call(board -> board.pin(topic(ask), answer.node(), note, ASK_LIFE));
  }

  CompletableFuture<List<Answer>> answers(Ask ask) {
    return call(board -> board.notes(topic(ask))).thenApply(notes -> read(notes, answers));
  }

  CompletableFuture<Void> close(Ask ask) {
    return call(board -> board.unpin(ORDERS, List.of(ASK + ask.id())));
  }

  private static String topic(Ask ask) {
    return "answers-" + ask.id();
  }

  private static <T> List<T> read(Map<String, byte[]> notes, Codec<T> codec) {
    List<T> read = new ArrayList<>();
    new TreeMap<>(notes).forEach((author, note) -> {
      try {
        read.add(codec.decode(ByteBuffer.wrap(note)));
      } catch (CodecException otherVersion) {
        logger.debug("a note of {} is of another version", author, otherVersion);
      }
    });
    return read;
  }
}
