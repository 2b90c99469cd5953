package dev.larder.testkit;

import dev.larder.tier.Slot;
import dev.larder.tier.Tier;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The tier of a {@link FaultyStore}. */
final class FaultyTier implements Tier {

  private final FaultyStore store;

  FaultyTier(FaultyStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Slot> read(String key) {
    return store.call(Call.TIER_READ, List.of(key), real -> real.tier().read(key));
  }

  @Override
  public CompletionStage<Map<String, Slot>> readAll(Collection<String> keys) {
    return store.call(Call.TIER_READ_ALL, keys, real -> real.tier().readAll(keys));
  }

  @Override
  public CompletionStage<Boolean> plant(
      String key, @Nullable Long expected, long nonce, Duration life) {
    return store.call(
        Call.TIER_PLANT, List.of(key), real -> real.tier().plant(key, expected, nonce, life));
  }

  @Override
  public CompletionStage<Collection<String>> plantAll(Map<String, Long> nonces, Duration life) {
    return store.call(
        Call.TIER_PLANT_ALL, nonces.keySet(), real -> real.tier().plantAll(nonces, life));
  }

  @Override
  public CompletionStage<Boolean> fill(String key, long expected, Fill fill) {
    return store.call(Call.TIER_FILL, List.of(key), real -> real.tier().fill(key, expected, fill));
  }

  @Override
  public CompletionStage<Collection<String>> fillAll(
      Map<String, Long> expected, Map<String, Fill> fills) {
    return store.call(
        Call.TIER_FILL_ALL, fills.keySet(), real -> real.tier().fillAll(expected, fills));
  }

  @Override
  public CompletionStage<Boolean> release(String key, long expected) {
    return store.call(Call.TIER_RELEASE, List.of(key), real -> real.tier().release(key, expected));
  }

  @Override
  public CompletionStage<Void> delete(Collection<String> keys) {
    return store.call(Call.TIER_DELETE, keys, real -> real.tier().delete(keys));
  }

  @Override
  public CompletionStage<Boolean> touch(String key, long expected, Duration life) {
    return store.call(
        Call.TIER_TOUCH, List.of(key), real -> real.tier().touch(key, expected, life));
  }

  @Override
  public CompletionStage<KeyPage> keys(
      String keyPrefix, String contains, String cursor, int limit) {
    return store.call(
        Call.TIER_KEYS,
        List.of(keyPrefix),
        real -> real.tier().keys(keyPrefix, contains, cursor, limit));
  }

  @Override
  public CompletionStage<Long> size(String keyPrefix) {
    return store.call(Call.TIER_SIZE, List.of(keyPrefix), real -> real.tier().size(keyPrefix));
  }
}
