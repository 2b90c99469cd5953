package dev.larder.redis;

import dev.larder.redis.Calls.Run;
import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Slots as strings of one Redis key each, in the form of {@link SlotFormat}.
 *
 * <p>Cost: a read is one GET; many reads are MGETs of at most {@value #KEYS_PER_COMMAND} keys, all
 * under way at once. Planting over nothing is one SET NX, and only if something was there a second
 * round trip tells a slot in use from foreign bytes. All other changes are one script that looks at
 * the ten bytes of the header alone. On a cluster a slot is one key, and commands for many keys are
 * parted by Lettuce.
 *
 * <p>What a caller saw time out may still run later. It names the nonce that it expects, so it
 * cannot replace anything newer; a late SET NX leaves a placeholder that runs out.
 */
final class RedisTier implements Tier {

  /** Keys in one command: many more would hold the server for longer than a millisecond. */
  static final int KEYS_PER_COMMAND = 250;

  /** Commands in one flush: the queue of commands under way is bounded. */
  private static final int COMMANDS_PER_FLUSH = 1_000;

  /** About three hundred years: a longer life could overflow the server's clock. */
  private static final long LONGEST_LIFE_MILLIS = 10_000_000_000_000L;

  private static final String WRONG_TYPE = "WRONGTYPE";

  private final RedisLink link;
  private final Calls calls;
  private final KeyScan scan;

  RedisTier(RedisLink link) {
    this.link = link;
    this.calls = new Calls(link);
    this.scan = new KeyScan(link);
  }

  @Override
  public CompletionStage<Slot> read(String key) {
    return link.call(connection -> connection.commands().get(key), SlotFormat::parse)
        .exceptionallyCompose(RedisTier::foreignIfOfAnotherType);
  }

  /** {@inheritDoc} A key of another Redis type reads as free here and is found by {@link #plant}. */
  @Override
  public CompletionStage<Map<String, Slot>> readAll(Collection<String> keys) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    List<String[]> parts = parts(keys);
    return link.call(
        connection -> Calls.all(parts.size(), i -> connection.commands().mget(parts.get(i))),
        answers -> {
          Map<String, Slot> slots = new HashMap<>(parts.size() * KEYS_PER_COMMAND);
          for (List<KeyValue<String, byte[]>> answer : answers) {
            for (KeyValue<String, byte[]> found : answer) {
              slots.put(
                  found.getKey(), SlotFormat.parse(found.hasValue() ? found.getValue() : null));
            }
          }
          return slots;
        });
  }

  @Override
  public CompletionStage<Boolean> plant(
      String key, @Nullable Long expected, long nonce, Duration life) {
    byte[] placeholder = SlotFormat.placeholder(nonce);
    long millis = millis(life);
    if (expected == null) {
      SetArgs always = SetArgs.Builder.px(millis);
      return link.call(
          connection -> connection.commands().set(key, placeholder, always), answer -> true);
    }
    if (expected != 0) {
      return calls.isOne(
          Script.COMPARE_AND_SET,
          run(key, SlotFormat.nonceBytes(expected), placeholder, number(millis)));
    }
    SetArgs ifAbsent = SetArgs.Builder.nx().px(millis);
    return link.call(
            connection -> connection.commands().set(key, placeholder, ifAbsent),
            answer -> answer != null)
        .thenCompose(planted -> planted
            ? CompletableFuture.completedFuture(true)
            : calls.isOne(Script.PLANT_OVER_FOREIGN, run(key, placeholder, number(millis))));
  }

  @Override
  public CompletionStage<Collection<String>> plantAll(Map<String, Long> nonces, Duration life) {
    List<Planting> plantings = new ArrayList<>(nonces.size());
    nonces.forEach((key, nonce) -> plantings.add(new Planting(key, SlotFormat.placeholder(nonce))));
    long millis = millis(life);
    return inFlushes(plantings, some -> plantSome(some, millis));
  }

  private record Planting(String key, byte[] placeholder) {}

  private CompletionStage<Collection<String>> plantSome(List<Planting> plantings, long millis) {
    List<AsyncCommand<String, byte[], @Nullable String>> commands =
        new ArrayList<>(plantings.size());
    for (Planting planting : plantings) {
      CommandArgs<String, byte[]> arguments = new CommandArgs<>(RedisLink.CODEC)
          .addKey(planting.key())
          .addValue(planting.placeholder())
          .add("PX")
          .add(millis)
          .add("NX");
      commands.add(new AsyncCommand<>(
          new Command<>(CommandType.SET, new StatusOutput<>(RedisLink.CODEC), arguments)));
    }
    return calls.batch(commands, answers -> answers).thenCompose(answers -> {
      List<String> planted = new ArrayList<>(plantings.size());
      List<String> held = new ArrayList<>();
      List<Run> overForeign = new ArrayList<>();
      for (int i = 0; i < plantings.size(); i++) {
        Planting planting = plantings.get(i);
        if (answers.get(i) != null) {
          planted.add(planting.key());
        } else {
          held.add(planting.key());
          overForeign.add(run(planting.key(), planting.placeholder(), number(millis)));
        }
      }
      return changed(Script.PLANT_OVER_FOREIGN, held, overForeign).thenApply(replaced -> {
        planted.addAll(replaced);
        return planted;
      });
    });
  }

  @Override
  public CompletionStage<Boolean> fill(String key, long expected, Fill fill) {
    return calls.isOne(Script.COMPARE_AND_SET, fillRun(key, expected, fill));
  }

  @Override
  public CompletionStage<Collection<String>> fillAll(
      Map<String, Long> expected, Map<String, Fill> fills) {
    return inFlushes(List.copyOf(fills.entrySet()), some -> {
      List<String> keys = new ArrayList<>(some.size());
      List<Run> runs = new ArrayList<>(some.size());
      for (Map.Entry<String, Fill> fill : some) {
        String key = fill.getKey();
        keys.add(key);
        runs.add(fillRun(key, expected.getOrDefault(key, 0L), fill.getValue()));
      }
      return changed(Script.COMPARE_AND_SET, keys, runs);
    });
  }

  private static Run fillRun(String key, long expected, Fill fill) {
    return run(
        key,
        SlotFormat.nonceBytes(expected),
        SlotFormat.entry(fill.nonce(), fill.body()),
        number(millis(fill.life())));
  }

  @Override
  public CompletionStage<Boolean> release(String key, long expected) {
    return calls.isOne(Script.RELEASE, run(key, SlotFormat.nonceBytes(expected)));
  }

  @Override
  public CompletionStage<Void> delete(Collection<String> keys) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<String[]> parts = parts(keys);
    return link.call(
            connection -> Calls.all(parts.size(), i -> connection.commands().unlink(parts.get(i))),
            answers -> answers)
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Boolean> touch(String key, long expected, Duration life) {
    return calls.isOne(
        Script.TOUCH, run(key, SlotFormat.nonceBytes(expected), number(millis(life))));
  }

  /** {@inheritDoc} One round trip for a thousand keys. */
  @Override
  public CompletionStage<KeyPage> keys(
      String keyPrefix, String contains, String cursor, int limit) {
    try {
      KeyPage.checkLimit(limit);
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
    return scan.keys(keyPrefix, contains, cursor, limit);
  }

  /**
   * Not known, always -1: Redis counts the keys of a whole database, and to count those below a
   * prefix it would have to walk through all of them.
   */
  @Override
  public CompletionStage<Long> size(String keyPrefix) {
    return CompletableFuture.completedFuture(-1L);
  }

  /** Runs a script for each key, and gives the keys for which it returned 1. */
  private CompletionStage<Collection<String>> changed(
      Script script, List<String> keys, List<Run> runs) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return calls.areOne(script, runs).thenApply(answers -> {
      Collection<String> changed = new ArrayList<>(keys.size());
      for (int i = 0; i < keys.size(); i++) {
        if (answers.get(i)) {
          changed.add(keys.get(i));
        }
      }
      return changed;
    });
  }

  /** One flush after another, so that what is under way at a time fits into the queue. */
  private static <E> CompletionStage<Collection<String>> inFlushes(
      List<E> all, Function<List<E>, CompletionStage<Collection<String>>> flush) {
    if (all.size() <= COMMANDS_PER_FLUSH) {
      return all.isEmpty() ? CompletableFuture.completedFuture(List.of()) : flush.apply(all);
    }
    List<E> rest = all.subList(COMMANDS_PER_FLUSH, all.size());
    return flush
        .apply(all.subList(0, COMMANDS_PER_FLUSH))
        .thenCompose(first -> inFlushes(rest, flush).thenApply(others -> {
          Collection<String> both = new ArrayList<>(first);
          both.addAll(others);
          return both;
        }));
  }

  /** Keys in arrays of at most {@link #KEYS_PER_COMMAND}. */
  static List<String[]> parts(Collection<String> keys) {
    String[] all = keys.toArray(String[]::new);
    if (all.length <= KEYS_PER_COMMAND) {
      return List.<String[]>of(all);
    }
    List<String[]> parts = new ArrayList<>();
    for (int from = 0; from < all.length; from += KEYS_PER_COMMAND) {
      parts.add(Arrays.copyOfRange(all, from, Math.min(from + KEYS_PER_COMMAND, all.length)));
    }
    return parts;
  }

  private static CompletionStage<Slot> foreignIfOfAnotherType(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && cause.getMessage().startsWith(WRONG_TYPE)) {
        return CompletableFuture.completedFuture(Slot.Empty.FOREIGN);
      }
    }
    return CompletableFuture.failedFuture(failure);
  }

  private static Run run(String key, byte[]... arguments) {
    return new Run(new String[] {key}, arguments);
  }

  /** A life in whole milliseconds, at least one: a server refuses less. */
  static long millis(Duration life) {
    long seconds = life.toSeconds();
    if (seconds >= LONGEST_LIFE_MILLIS / 1_000) {
      return LONGEST_LIFE_MILLIS;
    }
    return seconds < 0 ? 1 : Math.max(1, life.toMillis());
  }

  static byte[] number(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
