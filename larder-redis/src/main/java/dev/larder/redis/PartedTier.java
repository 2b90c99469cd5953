package dev.larder.redis;

import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Slots in several databases of one server, each with a connection of its own. What is asked of many
 * keys is asked of their databases at once, and fails if one of them fails.
 */
final class PartedTier implements Tier {

  private final Databases databases;
  private final Map<Integer, RedisTier> tiers;

  /**
   * @param tiers one for each database that {@code databases} can name
   */
  PartedTier(Databases databases, Map<Integer, RedisTier> tiers) {
    this.databases = databases;
    this.tiers = Map.copyOf(tiers);
  }

  @Override
  public CompletionStage<Slot> read(String key) {
    return of(key).read(key);
  }

  @Override
  public CompletionStage<Map<String, Slot>> readAll(Collection<String> keys) {
    return parted(keys, Function.identity(), RedisTier::readAll, parts -> {
      Map<String, Slot> all = new LinkedHashMap<>();
      parts.forEach(all::putAll);
      return all;
    });
  }

  @Override
  public CompletionStage<Boolean> plant(
      String key, @Nullable Long expected, long nonce, Duration life) {
    return of(key).plant(key, expected, nonce, life);
  }

  @Override
  public CompletionStage<Collection<String>> plantAll(Map<String, Long> nonces, Duration life) {
    return parted(
        nonces.entrySet(),
        Map.Entry::getKey,
        (tier, some) -> tier.plantAll(map(some), life),
        PartedTier::joined);
  }

  @Override
  public CompletionStage<Boolean> fill(String key, long expected, Fill fill) {
    return of(key).fill(key, expected, fill);
  }

  @Override
  public CompletionStage<Collection<String>> fillAll(
      Map<String, Long> expected, Map<String, Fill> fills) {
    return parted(
        fills.entrySet(),
        Map.Entry::getKey,
        (tier, some) -> tier.fillAll(expected, map(some)),
        PartedTier::joined);
  }

  @Override
  public CompletionStage<Boolean> release(String key, long expected) {
    return of(key).release(key, expected);
  }

  @Override
  public CompletionStage<Void> delete(Collection<String> keys) {
    return parted(keys, Function.identity(), RedisTier::delete, parts -> null)
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Boolean> touch(String key, long expected, Duration life) {
    return of(key).touch(key, expected, life);
  }

  /** {@inheritDoc} One database after the other; a cursor is the database, a colon and its own. */
  @Override
  public CompletionStage<KeyPage> keys(
      String keyPrefix, String contains, String cursor, int limit) {
    List<Integer> all = tiers.keySet().stream().sorted().toList();
    int colon = cursor.indexOf(':');
    int at = cursor.isEmpty() ? 0 : all.indexOf(database(cursor, colon));
    if (at < 0) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException("cursor: '" + cursor + "' is of another store"));
    }
    int database = all.get(at);
    return tier(database)
        .keys(keyPrefix, contains, cursor.substring(colon + 1), limit)
        .thenApply(page -> {
          // What lies in the wrong database is nobody's slot.
          List<String> own =
              page.keys().stream().filter(key -> databases.of(key) == database).toList();
          if (!page.next().isEmpty()) {
            return new KeyPage(own, database + ":" + page.next());
          }
          return new KeyPage(own, at + 1 < all.size() ? all.get(at + 1) + ":" : "");
        });
  }

  /** {@inheritDoc} Not known, as {@link RedisTier#size} says. */
  @Override
  public CompletionStage<Long> size(String keyPrefix) {
    return of(keyPrefix).size(keyPrefix);
  }

  private static int database(String cursor, int colon) {
    return colon > 0 && cursor.substring(0, colon).matches("\\d{1,5}")
        ? Integer.parseInt(cursor.substring(0, colon))
        : -1;
  }

  private RedisTier of(String key) {
    return tier(databases.of(key));
  }

  private RedisTier tier(int database) {
    return Objects.requireNonNull(tiers.get(database));
  }

  private <E, A, T extends @Nullable Object> CompletionStage<T> parted(
      Collection<E> all,
      Function<E, String> key,
      BiFunction<RedisTier, Collection<E>, CompletionStage<A>> ask,
      Function<List<A>, T> join) {
    Map<Integer, List<E>> parts = new LinkedHashMap<>();
    for (E each : all) {
      parts
          .computeIfAbsent(databases.of(key.apply(each)), database -> new ArrayList<>())
          .add(each);
    }
    List<CompletableFuture<A>> answers = new ArrayList<>(parts.size());
    parts.forEach(
        (database, some) -> answers.add(ask.apply(tier(database), some).toCompletableFuture()));
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> join.apply(answers.stream().map(CompletableFuture::join).toList()));
  }

  private static <V> Map<String, V> map(Collection<Map.Entry<String, V>> entries) {
    Map<String, V> map = new LinkedHashMap<>();
    entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }

  private static Collection<String> joined(List<Collection<String>> parts) {
    List<String> all = new ArrayList<>();
    parts.forEach(all::addAll);
    return all;
  }
}
